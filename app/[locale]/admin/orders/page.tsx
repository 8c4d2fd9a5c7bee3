import { ReceiptText } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { db } from '@/lib/infra/db'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { listAdminOrders, listMerchantChoices } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { OrderBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import { localText } from '../../_console/local'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { SpanFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { OrdersQuery, orderFilter } from './query'

const PATH = '/admin/orders'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.orders'))('title') }
}

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(OrdersQuery, searchParams)
  const list = await listAdminOrders(db(), orderFilter(query, new Date()), page)
  const merchants = await listMerchantChoices(db())
  const [t, c, s, frozen, locale] = [
    await getTranslations('admin.orders'),
    await getTranslations('console.column'),
    await getTranslations('console.order'),
    (await getTranslations('console'))('frozen'),
    await getLocale(),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="orders" query={query} />} />
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterInput label={t('search')} name="q" value={query.q} placeholder={t('searchHint')} />
        <FilterSelect
          label={c('status')}
          name="status"
          value={query.status}
          choices={Object.values(OrderStatus).map((value) => ({ value, label: s(value) }))}
        />
        <FilterSelect
          label={c('merchant')}
          name="merchant"
          value={query.merchant}
          choices={merchants.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <FilterSelect
          label={t('due')}
          name="overdue"
          value={query.overdue}
          choices={[{ value: 'yes', label: t('overdue') }]}
        />
        <FilterSelect
          label={t('dispute')}
          name="frozen"
          value={query.frozen}
          choices={[{ value: 'yes', label: frozen }]}
        />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<ReceiptText />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: c('order'),
            lead: true,
            cell: ({ id, number }) => <TextLink href={`${PATH}/${id}`}>{number}</TextLink>,
          },
          {
            title: c('product'),
            cell: ({ titleZh, titleEn, quantity }) => (
              <span className="block sm:max-w-72">
                {localText(locale, titleZh, titleEn)} <span className="text-ink-soft">× {quantity}</span>
              </span>
            ),
          },
          {
            title: c('merchant'),
            cell: ({ merchantId, merchant }) => (
              <TextLink href={`/admin/merchants/${merchantId}`} className="underline-offset-4 hover:underline">
                {merchant}
              </TextLink>
            ),
          },
          {
            title: c('status'),
            cell: (order) => (
              <span className="inline-flex flex-wrap gap-1 max-sm:justify-end">
                <OrderBadge status={order.status} />
                {order.frozen && <Badge tone="amber">{frozen}</Badge>}
              </span>
            ),
          },
          {
            title: c('total'),
            numeric: true,
            cell: ({ totalMinor, refundedMinor, currency }) => (
              <span>
                <Money minor={totalMinor} currency={currency} />
                {refundedMinor > 0 && (
                  <span className="block text-sm text-ink-soft">
                    {t('refunded')} <Money minor={refundedMinor} currency={currency} />
                  </span>
                )}
              </span>
            ),
          },
          { title: c('placedAt'), cell: ({ placedAt }) => <DateTime at={placedAt} /> },
          { title: c('dueAt'), cell: ({ dueAt }) => (dueAt ? <DateTime at={dueAt} /> : '–') },
        ]}
      />
    </>
  )
}
