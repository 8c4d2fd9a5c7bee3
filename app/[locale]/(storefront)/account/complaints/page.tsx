import { MessageSquareWarning } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { CaseBadge } from '@/components/case/case-badge'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { Link } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { type BuyerCase, listBuyerCases } from '@/lib/queries/case'
import { requireBuyer } from '@/lib/web/session'
import { pageParam } from '../../../_console/params'
import { said } from '../../orders/_components/said'
import { AccountTabs } from '../_components/account-tabs'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('complain.list')
  return { title: t('title'), robots: { index: false } }
}

/** Every complaint of an account, those that are open first. */
export default async function AccountComplaintsPage({ searchParams }: PageProps<'/[locale]/account/complaints'>) {
  const user = await requireBuyer()
  const asked = pageParam.parse((await searchParams).page)
  const { rows, page, pages } = await listBuyerCases(db(), user.id, asked)
  const t = await getTranslations('complain.list')
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('title')}>
        <p>{user.email}</p>
      </PageHeader>
      <AccountTabs current="complaints" />
      {rows.length === 0 ? (
        <EmptyState
          icon={<MessageSquareWarning />}
          title={t('empty')}
          action={<ButtonLink href="/account/orders">{t('orders')}</ButtonLink>}
        >
          {t('emptyBody')}
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {rows.map((row) => (
            <CaseRow key={row.number} row={row} />
          ))}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefOf={(to) => `/account/complaints?page=${to}`} />
    </div>
  )
}

async function CaseRow({ row }: { row: BuyerCase }) {
  const [t, c, f] = [
    await getTranslations('complain.list'),
    await getTranslations('case.outcome'),
    await getTranslations('failures.name'),
  ]
  const locale = await getLocale()
  return (
    <li className="relative grid gap-x-4 gap-y-1 px-4 py-3.5 hover:bg-sunken sm:grid-cols-[1fr_auto] sm:px-5">
      <Link
        href={`/orders/${row.orderNumber}/complaints/${row.number}`}
        className="min-w-0 font-medium after:absolute after:inset-0"
      >
        {f(row.failure)}
        <span className="block text-sm font-normal text-ink-soft">
          {said(locale, row.titleZh, row.titleEn)} · {row.merchantName}
        </span>
      </Link>
      <div className="flex items-center justify-between gap-3 sm:flex-col sm:items-end">
        <Money minor={row.stakeMinor} currency={row.currency} className="font-semibold" />
        <span className="flex gap-2">
          {row.unread && <Badge tone="info">{t('unread')}</Badge>}
          <CaseBadge state={row.state} />
        </span>
      </div>
      <p className="flex flex-wrap gap-x-3 text-sm text-ink-soft sm:col-span-2">
        <span className="font-mono text-[0.8125rem]">{row.number}</span>
        <DateTime at={row.openedAt} />
        {row.outcome
          ? c(row.outcome)
          : row.dueAt && (
              <span>
                {t('by')} <DateTime at={row.dueAt} />
              </span>
            )}
      </p>
    </li>
  )
}
