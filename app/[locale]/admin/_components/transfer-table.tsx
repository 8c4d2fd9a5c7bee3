import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import type { TransferRow } from '@/lib/queries/admin'
import { CopyId } from '../../_console/copy-id'
import { TransferText } from '../../_console/reason-text'
import { TextLink } from '../../_console/text-link'
import { ListTable } from './list-table'

/** Ledger transfers of one thing: from where to where, and the transaction that each is part of. */
export function TransferTable({ transfers }: { transfers: readonly TransferRow[] }) {
  const t = useTranslations('admin.order')
  const c = useTranslations('console.column')
  const k = useTranslations('console.kind')
  if (transfers.length === 0) return <EmptyState title={t('noTransfers')}>{t('noTransfersText')}</EmptyState>
  return (
    <ListTable
      caption={t('transfers')}
      rows={transfers}
      columns={[
        {
          title: c('at'),
          cell: ({ at, transactionId }) => (
            <TextLink href={`/admin/ledger/transactions/${transactionId}`}>
              <DateTime at={at} style="second" />
            </TextLink>
          ),
        },
        { title: c('what'), cell: ({ code }) => <TransferText code={code} /> },
        {
          title: c('debit'),
          cell: ({ debitId, debitKind }) => (
            <TextLink href={`/admin/ledger/accounts/${debitId}`}>{k(debitKind)}</TextLink>
          ),
        },
        {
          title: c('credit'),
          cell: ({ creditId, creditKind }) => (
            <TextLink href={`/admin/ledger/accounts/${creditId}`}>{k(creditKind)}</TextLink>
          ),
        },
        {
          title: c('amount'),
          numeric: true,
          cell: ({ minor, currency }) => <Money minor={minor} currency={currency} />,
        },
        {
          title: c('externalRef'),
          cell: ({ externalRef }) => (externalRef ? <CopyId id={externalRef} what={c('externalRef')} /> : '–'),
        },
      ]}
    />
  )
}

export function TransferCard({ transfers }: { transfers: readonly TransferRow[] }) {
  const t = useTranslations('admin.order')
  return (
    <Card title={t('transfers')} flush>
      <TransferTable transfers={transfers} />
    </Card>
  )
}
