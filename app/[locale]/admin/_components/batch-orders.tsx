import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { EmptyState } from '@/components/ui/empty-state'
import type { BatchOrder } from '@/lib/queries/admin'
import { OrderBadge } from '../../_console/badges'
import { TextLink } from '../../_console/text-link'
import { ListTable } from './list-table'

/** Who holds CDKs of a batch, and who was refunded some. */
export function BatchOrders({ orders }: { orders: readonly BatchOrder[] }) {
  const t = useTranslations('batches.orders')
  const c = useTranslations('console.column')
  if (orders.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
  return (
    <ListTable
      caption={t('title')}
      rows={orders}
      columns={[
        {
          title: c('order'),
          lead: true,
          cell: ({ id, number }) => <TextLink href={`/admin/orders/${id}`}>{number}</TextLink>,
        },
        {
          title: c('status'),
          cell: ({ status, disputed }) => (
            <span>
              <OrderBadge status={status} />
              {disputed && <span className="block text-sm text-amber">{t('disputed')}</span>}
            </span>
          ),
        },
        { title: c('placedAt'), cell: ({ placedAt }) => <DateTime at={placedAt} /> },
        { title: t('held'), numeric: true, cell: ({ held }) => held },
        { title: t('refunded'), numeric: true, cell: ({ refunded }) => refunded },
        {
          title: c('total'),
          numeric: true,
          cell: ({ totalMinor, currency }) => <Money minor={totalMinor} currency={currency} />,
        },
        {
          title: c('refunded'),
          numeric: true,
          cell: ({ refundedMinor, currency }) => <Money minor={refundedMinor} currency={currency} />,
        },
      ]}
    />
  )
}
