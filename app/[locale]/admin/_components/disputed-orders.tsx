import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Badge } from '@/components/ui/badge'
import type { AdminDispute } from '@/lib/queries/admin'
import { OrderBadge } from '../../_console/badges'
import { TextLink } from '../../_console/text-link'

/** The orders that the evidence was built from: what they say of delivery and viewing. */
export function DisputedOrders({ orders, currency }: { orders: AdminDispute['paid']; currency: string }) {
  const t = useTranslations('admin.disputes')
  const frozen = useTranslations('console')('frozen')
  if (orders.length === 0) return <p className="text-ink-soft">{t('noOrders')}</p>
  return (
    <ul className="grid gap-4">
      {orders.map((order) => (
        <li key={order.id} className="grid gap-1">
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <TextLink href={`/admin/orders/${order.id}`}>{order.number}</TextLink>
            <OrderBadge status={order.status} />
            {order.frozen && <Badge tone="amber">{frozen}</Badge>}
            <Money minor={order.totalMinor} currency={currency} />
          </span>
          <TextLink href={`/admin/merchants/${order.merchantId}`}>{order.merchant}</TextLink>
          <span className="text-sm text-ink-soft">
            {t('deliveredAt')} {order.deliveredAt ? <DateTime at={order.deliveredAt} style="second" /> : '–'} ·{' '}
            {t('viewedAt')} {order.firstRevealedAt ? <DateTime at={order.firstRevealedAt} style="second" /> : '–'}
          </span>
        </li>
      ))}
    </ul>
  )
}
