import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { AdminOrder, OrderTransfer } from '@/lib/queries/admin'
import { UseBadge, VerdictBadge } from '../../_console/badges'
import { CopyId } from '../../_console/copy-id'
import { ReasonText, TransferText } from '../../_console/reason-text'
import { TextLink } from '../../_console/text-link'

export function CaptureTable({ payments }: { payments: AdminOrder['payments'] }) {
  const t = useTranslations('admin.order')
  const c = useTranslations('console.column')
  if (payments.length === 0) return <EmptyState title={t('noPayments')}>{t('noPaymentsText')}</EmptyState>
  return (
    <Table caption={t('payments')}>
      <Thead>
        <Th>{c('capture')}</Th>
        <Th>{c('use')}</Th>
        <Th numeric>{c('amount')}</Th>
        <Th>{c('capturedAt')}</Th>
        <Th>{c('recordedAt')}</Th>
      </Thead>
      <Tbody>
        {payments.map((payment) => (
          <Tr key={payment.id}>
            <Td label={c('capture')}>
              <CopyId id={payment.captureRef} what={c('capture')} />
            </Td>
            <Td label={c('use')}>
              <UseBadge use={payment.use} />
            </Td>
            <Td label={c('amount')} numeric>
              <Money minor={payment.amountMinor} />
            </Td>
            <Td label={c('capturedAt')}>
              <DateTime at={payment.capturedAt} style="second" />
            </Td>
            <Td label={c('recordedAt')}>
              <DateTime at={payment.recordedAt} style="second" />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

export function TransferTable({ transfers }: { transfers: readonly OrderTransfer[] }) {
  const t = useTranslations('admin.order')
  const c = useTranslations('console.column')
  const k = useTranslations('console.kind')
  if (transfers.length === 0) return <EmptyState title={t('noTransfers')}>{t('noTransfersText')}</EmptyState>
  return (
    <Table caption={t('transfers')}>
      <Thead>
        <Th>{c('at')}</Th>
        <Th>{c('what')}</Th>
        <Th>{c('debit')}</Th>
        <Th>{c('credit')}</Th>
        <Th numeric>{c('amount')}</Th>
      </Thead>
      <Tbody>
        {transfers.map((transfer) => (
          <Tr key={transfer.id}>
            <Td label={c('at')}>
              <DateTime at={transfer.at} style="second" />
            </Td>
            <Td label={c('what')}>
              <TransferText code={transfer.code} />
            </Td>
            <Td label={c('debit')}>
              <TextLink href={`/admin/ledger/accounts/${transfer.debitId}`}>{k(transfer.debitKind)}</TextLink>
            </Td>
            <Td label={c('credit')}>
              <TextLink href={`/admin/ledger/accounts/${transfer.creditId}`}>{k(transfer.creditKind)}</TextLink>
            </Td>
            <Td label={c('amount')} numeric>
              <Money minor={transfer.minor} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

export function CallbackTable({ callbacks }: { callbacks: AdminOrder['callbacks'] }) {
  const t = useTranslations('admin.order')
  const c = useTranslations('console.column')
  if (callbacks.length === 0) return <EmptyState title={t('noCallbacks')}>{t('noCallbacksText')}</EmptyState>
  return (
    <Table caption={t('callbacks')}>
      <Thead>
        <Th>{c('receivedAt')}</Th>
        <Th>{c('type')}</Th>
        <Th>{c('verdict')}</Th>
        <Th>{c('reason')}</Th>
        <Th>{c('event')}</Th>
      </Thead>
      <Tbody>
        {callbacks.map((event) => (
          <Tr key={event.id}>
            <Td label={c('receivedAt')}>
              <DateTime at={event.receivedAt} style="second" />
            </Td>
            <Td label={c('type')}>{event.type ?? '–'}</Td>
            <Td label={c('verdict')}>
              <VerdictBadge verdict={event.verdict} />
            </Td>
            <Td label={c('reason')}>{event.reason ? <ReasonText reason={event.reason} /> : '–'}</Td>
            <Td>
              <TextLink href={`/admin/payments/${event.id}`}>{t('body')}</TextLink>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
