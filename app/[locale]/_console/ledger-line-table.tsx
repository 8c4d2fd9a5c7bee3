import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { formatMoney } from '@/lib/kernel/money'
import type { LedgerLine } from '@/lib/queries/merchant'
import { TransferText } from './reason-text'
import { TextLink } from './text-link'

/** A merchant's ledger lines: what came and went, from which order, and the fee that the order carried. */
export function LedgerLineTable({
  lines,
  caption,
  ordersAt,
}: {
  lines: readonly LedgerLine[]
  caption: string
  ordersAt: string
}) {
  const c = useTranslations('console.column')
  const k = useTranslations('console.kind')
  const locale = useLocale()
  return (
    <Table caption={caption}>
      <Thead>
        <Th>{c('at')}</Th>
        <Th>{c('what')}</Th>
        <Th>{c('account')}</Th>
        <Th>{c('order')}</Th>
        <Th numeric>{c('orderTotal')}</Th>
        <Th numeric>{c('fee')}</Th>
        <Th numeric>{c('change')}</Th>
      </Thead>
      <Tbody>
        {lines.map((line) => (
          <Tr key={`${line.id}-${line.kind}`}>
            <Td label={c('at')}>
              <DateTime at={line.at} />
            </Td>
            <Td label={c('what')}>
              <TransferText code={line.code} />
            </Td>
            <Td label={c('account')}>{k(line.kind)}</Td>
            <Td label={c('order')}>
              {line.orderId && line.orderNumber ? (
                <TextLink href={`${ordersAt}/${line.orderId}`}>{line.orderNumber}</TextLink>
              ) : (
                '–'
              )}
            </Td>
            <Td label={c('orderTotal')} numeric>
              {line.orderTotalMinor === null ? '–' : <Money minor={line.orderTotalMinor} className="text-ink-soft" />}
            </Td>
            <Td label={c('fee')} numeric>
              {line.orderFeeMinor === null ? '–' : <Money minor={-line.orderFeeMinor} className="text-ink-soft" />}
            </Td>
            <Td label={c('change')} numeric>
              <span className="font-medium whitespace-nowrap">
                {line.minor > 0 && '+'}
                {formatMoney(line.minor, 'CNY', locale)}
              </span>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
