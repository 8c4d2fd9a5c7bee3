import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { AdminOrder } from '@/lib/queries/admin'
import { UseBadge, VerdictBadge } from '../../_console/badges'
import { CopyId } from '../../_console/copy-id'
import { ReasonText } from '../../_console/reason-text'
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
              <TextLink href={`/admin/payments/${payment.id}`}>{t('seePayment')}</TextLink>{' '}
              <CopyId id={payment.captureRef} what={c('capture')} />
            </Td>
            <Td label={c('use')}>
              <UseBadge use={payment.use} />
            </Td>
            <Td label={c('amount')} numeric>
              <Money minor={payment.amountMinor} currency={payment.currency} />
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
              <TextLink href={`/admin/events/${event.id}`}>{t('body')}</TextLink>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
