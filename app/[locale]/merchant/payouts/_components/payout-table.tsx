import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { type PayoutRow, payoutNumber } from '@/lib/queries/merchant'
import { PayoutBadge } from '../../../_console/badges'

/** The payouts so far: when, how much, how it stands or why it came back. */
export function PayoutTable({ payouts }: { payouts: readonly PayoutRow[] }) {
  const t = useTranslations('merchant.payouts.table')
  const c = useTranslations('console.column')
  return (
    <Table caption={t('caption')}>
      <Thead>
        <Th>{t('number')}</Th>
        <Th>{t('askedAt')}</Th>
        <Th>{t('askedBy')}</Th>
        <Th numeric>{c('amount')}</Th>
        <Th>{c('status')}</Th>
        <Th>{t('settledAt')}</Th>
      </Thead>
      <Tbody>
        {payouts.map((payout) => (
          <Tr key={payout.id}>
            <Td label={t('number')}>
              <span className="block min-w-0 sm:max-w-56">
                <span className="font-mono text-sm">{payoutNumber(payout.id)}</span>
                {payout.transferRef && (
                  <span className="block text-sm break-all text-ink-soft">
                    {t('transfer', { reference: payout.transferRef })}
                  </span>
                )}
              </span>
            </Td>
            <Td label={t('askedAt')}>
              <DateTime at={payout.createdAt} />
            </Td>
            <Td label={t('askedBy')}>{payout.requestedBy ?? t('bySchedule')}</Td>
            <Td label={c('amount')} numeric>
              <Money minor={payout.amountMinor} currency={payout.currency} />
            </Td>
            <Td label={c('status')}>
              <span className="block min-w-0 sm:max-w-64">
                <PayoutBadge status={payout.status} />
                {payout.failure && <span className="block text-sm break-words text-ink-soft">{payout.failure}</span>}
              </span>
            </Td>
            <Td label={t('settledAt')}>{payout.settledAt ? <DateTime at={payout.settledAt} /> : '–'}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
