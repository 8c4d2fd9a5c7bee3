import { Mail } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { db } from '@/lib/infra/db'
import { mailboxIsOpen } from '@/lib/infra/mail'
import { listOutbox } from '@/lib/queries/notifications'
import { pageParam } from '../../_console/params'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('notifications.mailbox'))('title'), robots: { index: false } }
}

/** What the mall would have sent, on a mall for trying out. Not there in production, nor beside a mail server. */
export default async function MailboxPage({ searchParams }: PageProps<'/[locale]/mailbox'>) {
  if (!mailboxIsOpen()) notFound()
  const { rows, page, pages } = await listOutbox(db(), pageParam.parse((await searchParams).page))
  const t = await getTranslations('notifications.mailbox')
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('title')}>
        <p>{t('lead')}</p>
      </PageHeader>
      {rows.length === 0 ? (
        <EmptyState icon={<Mail />} title={t('empty')}>
          {t('emptyBody')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {rows.map(({ id, to, subject, text, createdAt }) => (
            <li key={id} className="px-4 py-3.5 sm:px-5">
              <details>
                <summary className="cursor-pointer">
                  <span className="font-medium">{subject}</span>
                  <span className="mt-1 flex flex-wrap gap-x-3 text-sm text-ink-soft">
                    <span className="break-all">
                      {t('to')} {to}
                    </span>
                    <DateTime at={createdAt} />
                  </span>
                </summary>
                <Letter text={text} />
              </details>
            </li>
          ))}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefOf={(to) => `/mailbox?page=${to}`} />
    </div>
  )
}

const LINK = /(https?:\/\/[^\s]+)/u

/** The plain text, its links live. */
function Letter({ text }: { text: string }) {
  return (
    <div className="mt-3 max-w-prose break-words whitespace-pre-wrap">
      {text.split(LINK).map((piece) =>
        LINK.test(piece) ? (
          <a key={piece} href={piece} className="text-jade underline underline-offset-4">
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </div>
  )
}
