import { useFormatter, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { MerchantOrder, MerchantRefund } from '@/lib/queries/merchant'
import { RefundBadge } from '../../../_console/badges'
import { ReasonText } from '../../../_console/reason-text'
import { BorneBy } from './borne-by'

/** Every refund of the order so far: how much, for what, out of which pot, and how far it is. */
export function RefundList({ order }: { order: MerchantOrder }) {
  const t = useTranslations('merchant.refund')
  const c = useTranslations('console.column')
  const by = useTranslations('console.actor')
  const format = useFormatter()
  return (
    <Table caption={t('list')}>
      <Thead>
        <Th>{c('createdAt')}</Th>
        <Th numeric>{c('amount')}</Th>
        <Th>{t('forWhat')}</Th>
        <Th>{c('reason')}</Th>
        <Th>{t('bears')}</Th>
        <Th>{c('status')}</Th>
      </Thead>
      <Tbody>
        {order.refunds.map((refund) => (
          <Tr key={refund.id}>
            <Td label={c('createdAt')}>
              <span className="block">
                <DateTime at={refund.createdAt} />
                <span className="block text-sm text-ink-soft">{by(refund.actorKind)}</span>
              </span>
            </Td>
            <Td label={c('amount')} numeric>
              <Money minor={refund.amountMinor} currency={order.currency} />
            </Td>
            <Td label={t('forWhat')}>{forWhat(refund)}</Td>
            <Td label={c('reason')}>
              <span className="block min-w-0 sm:max-w-56">
                <ReasonText reason={refund.reason} />
                {refund.note && <span className="block text-sm text-ink-soft">{refund.note}</span>}
              </span>
            </Td>
            <Td label={t('bears')}>
              <BorneBy shares={refund} currency={order.currency} />
            </Td>
            <Td label={c('status')}>
              <span className="block">
                <RefundBadge status={refund.status} />
                {refund.settledAt && <DateTime at={refund.settledAt} className="block text-sm text-ink-soft" />}
              </span>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )

  function forWhat({ cdkIds, amountMinor }: MerchantRefund): string {
    if (amountMinor === order.totalMinor) return t('whole')
    if (cdkIds.length === 0) return t('anAmount')
    const positions = order.cdks.filter(({ id }) => cdkIds.includes(id)).map(({ position }) => String(position))
    return t('positions', { positions: format.list(positions, { type: 'unit', style: 'short' }) })
  }
}
