import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { Fact, Facts } from '@/app/[locale]/_console/facts'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { EmptyState } from '@/components/ui/empty-state'
import { LIMITS, type LimitName } from '@/lib/domain/provenance'
import { db } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import { logKeys } from '@/lib/infra/log-key'
import { type LogPage, findLogPage } from '@/lib/queries/provenance'
import { LimitList } from '../verify/_components/limit-list'
import { OfflineCommand } from '../verify/_components/offline-command'
import { Witnesses } from './_components/witnesses'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('provenance.log')
  return pageMetadata({
    title: t('title'),
    description: t('metaDescription'),
    path: '/provenance',
    locale: await getLocale(),
  })
}

const HOW = ['howChain', 'howTree', 'howSecret', 'howPublic'] as const
const EVERY_LIMIT = Object.keys(LIMITS) as LimitName[]

/** What the log is, its key, its newest checkpoint, who cosigns it, and how to verify. */
export default async function ProvenancePage() {
  const [t, v] = [await getTranslations('provenance.log'), await getTranslations('provenance.verify')]
  const log = await findLogPage(db(), logKeys())
  return (
    <div className="mx-auto grid max-w-3xl">
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className="grid gap-6">
        <Card title={t('check')} action={<ButtonLink href="/verify">{t('checkAction')}</ButtonLink>}>
          <p className="text-ink-soft">{t('checkText')}</p>
        </Card>
        <Newest log={log} />
        <Card title={t('key')}>
          <Facts>
            <Fact term={t('keyName')}>{log.origin}</Fact>
            <Fact term={t('vkey')}>
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <code className="min-w-0 font-mono text-sm break-all">{log.vkey}</code>
                <CopyButton text={log.vkey} what={t('vkey')} />
              </span>
            </Fact>
            {log.handovers > 0 && <Fact term={t('handovers')}>{log.handovers}</Fact>}
          </Facts>
          <p className="mt-3 text-sm text-ink-soft">{t('keyText')}</p>
        </Card>
        <Card title={t('witnesses')}>
          <Witnesses named={env().KEYBOND_LOG_WITNESSES.map(({ vkey }) => vkey)} signed={log.witnesses} />
        </Card>
        <Card title={t('how')}>
          <ol className="grid list-decimal gap-2 ps-5 marker:text-jade">
            {HOW.map((step) => (
              <li key={step}>{t(step)}</li>
            ))}
          </ol>
        </Card>
        <Card title={t('notProved')}>
          <LimitList limits={EVERY_LIMIT} />
        </Card>
        <Card title={v('offlineTitle')}>
          <p className="text-ink-soft">{v('offline')}</p>
          <OfflineCommand vkey={log.vkey} />
        </Card>
      </div>
    </div>
  )
}

async function Newest({ log: { checkpoint } }: { log: LogPage }) {
  const t = await getTranslations('provenance.log')
  if (!checkpoint) {
    return (
      <Card title={t('now')}>
        <EmptyState title={t('empty')}>{t('emptyText')}</EmptyState>
      </Card>
    )
  }
  return (
    <Card title={t('now')}>
      <Facts>
        <Fact term={t('size')}>{t('entries', { count: checkpoint.size })}</Fact>
        <Fact term={t('at')}>
          <DateTime at={checkpoint.at} style="second" relative />
        </Fact>
        <Fact term={t('root')}>
          <code className="font-mono text-sm break-all">{checkpoint.root}</code>
        </Fact>
        <Fact term={t('files')}>
          <a href="/log/checkpoint" className="font-medium text-jade underline underline-offset-4">
            {t('checkpoint')}
          </a>
          <p className="text-sm text-ink-soft">{t('tiles', { path: '/log/tile/' })}</p>
        </Fact>
      </Facts>
    </Card>
  )
}
