import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { RefundStatus } from '@/lib/infra/prisma/enums'
import { RefundBadge } from './badges'
import { CopyId } from './copy-id'
import { ReasonText } from './reason-text'

interface RefundLine {
  id: string
  amountMinor: number
  reason: string
  status: RefundStatus
  createdAt: Date
  settledAt: Date | null
}

export function RefundTable({ refunds }: { refunds: readonly RefundLine[] }) {
  const c = useTranslations('console.column')
  return (
    <Table caption={c('refund')}>
      <Thead>
        <Th>{c('refund')}</Th>
        <Th>{c('status')}</Th>
        <Th numeric>{c('amount')}</Th>
        <Th>{c('reason')}</Th>
        <Th>{c('createdAt')}</Th>
        <Th>{c('settledAt')}</Th>
      </Thead>
      <Tbody>
        {refunds.map((refund) => (
          <Tr key={refund.id}>
            <Td label={c('refund')}>
              <CopyId id={refund.id} what={c('refund')} />
            </Td>
            <Td label={c('status')}>
              <RefundBadge status={refund.status} />
            </Td>
            <Td label={c('amount')} numeric>
              <Money minor={refund.amountMinor} />
            </Td>
            <Td label={c('reason')}>
              <ReasonText reason={refund.reason} />
            </Td>
            <Td label={c('createdAt')}>
              <DateTime at={refund.createdAt} />
            </Td>
            <Td label={c('settledAt')}>{refund.settledAt ? <DateTime at={refund.settledAt} /> : '–'}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
