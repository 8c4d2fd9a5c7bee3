import { useLocale, useTranslations } from 'next-intl'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Badge } from '@/components/ui/badge'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { MerchantOrderRow } from '@/lib/queries/merchant'
import { OrderBadge } from '../../_console/badges'
import { localText } from '../../_console/local'
import { TextLink } from '../../_console/text-link'

export function OrderTable({ orders, caption }: { orders: readonly MerchantOrderRow[]; caption: string }) {
  const t = useTranslations('console.column')
  const m = useTranslations('merchant.orders')
  const locale = useLocale()
  return (
    <Table caption={caption}>
      <Thead>
        <Th>{t('order')}</Th>
        <Th>{t('product')}</Th>
        <Th>{t('status')}</Th>
        <Th numeric>{t('quantity')}</Th>
        <Th numeric>{t('total')}</Th>
        <Th numeric>{t('fee')}</Th>
        <Th>{t('placedAt')}</Th>
      </Thead>
      <Tbody>
        {orders.map((order) => (
          <Tr key={order.id}>
            <Td>
              <TextLink
                href={`/merchant/orders/${order.id}`}
                className="font-medium whitespace-nowrap text-jade tabular-nums underline-offset-4 hover:underline"
              >
                {order.number}
              </TextLink>
            </Td>
            <Td label={t('product')}>
              <span className="block sm:max-w-64">
                {localText(locale, order.titleZh, order.titleEn)}
                <span className="block text-sm text-ink-soft">
                  {localText(locale, order.variantZh, order.variantEn)}
                </span>
              </span>
            </Td>
            <Td label={t('status')}>
              <span className="inline-flex flex-wrap gap-1">
                <OrderBadge status={order.status} />
                {order.status === 'AWAITING_DELIVERY' && order.dueAt && <Countdown to={order.dueAt} />}
                {order.frozenAt && <Badge tone="danger">{m('frozen')}</Badge>}
                {order.refundedMinor > 0 && order.status !== 'REFUNDED' && (
                  <Badge tone="amber">{m('partRefunded')}</Badge>
                )}
              </span>
            </Td>
            <Td label={t('quantity')} numeric>
              {order.quantity}
            </Td>
            <Td label={t('total')} numeric>
              <Money minor={order.totalMinor} currency={order.currency} />
            </Td>
            <Td label={t('fee')} numeric>
              <Money minor={order.feeMinor} currency={order.currency} className="text-ink-soft" />
            </Td>
            <Td label={t('placedAt')}>
              <DateTime at={order.placedAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
