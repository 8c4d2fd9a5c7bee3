import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findTransaction } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../../../_console/copy-id'
import { Fact, Facts } from '../../../../_console/facts'
import { requireId } from '../../../../_console/params'
import { TransferText } from '../../../../_console/reason-text'
import { TextLink } from '../../../../_console/text-link'
import { BehindLinks } from '../../../_components/behind-links'
import { ListTable } from '../../../_components/list-table'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.transaction'))('title') }
}

/** What was posted together, and the facts behind it. */
export default async function TransactionPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const id = requireId((await params).id)
  const { parts, behind, lineId } = (await findTransaction(db(), id)) ?? notFound()
  const [t, c, k] = [
    await getTranslations('admin.transaction'),
    await getTranslations('console.column'),
    await getTranslations('console.kind'),
  ]
  const [{ at, currency }] = parts
  return (
    <>
      <PageHeader title={t('title')} back={{ href: '/admin/ledger', label: t('ledger') }}>
        <CopyId id={id} what={t('id')} whole />
      </PageHeader>
      <div className="grid gap-5">
        <Card title={t('facts')}>
          <Facts>
            <Fact term={c('at')}>
              <DateTime at={at} style="second" />
            </Fact>
            <Fact term={t('moved')}>
              <Money minor={parts.reduce((sum, { minor }) => sum + minor, 0)} currency={currency} />
            </Fact>
            <Fact term={t('behind')}>
              <BehindLinks behind={lineId === null ? behind : [...behind, { kind: 'line', id: lineId, name: null }]} />
            </Fact>
          </Facts>
        </Card>
        <Card title={t('parts')} flush>
          <ListTable
            caption={t('parts')}
            rows={parts}
            columns={[
              { title: c('what'), lead: true, cell: ({ code }) => <TransferText code={code} /> },
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
                cell: (part) => <Money minor={part.minor} currency={part.currency} className="font-semibold" />,
              },
              {
                title: c('order'),
                cell: ({ orderId, orderNumber }) =>
                  orderId && orderNumber ? <TextLink href={`/admin/orders/${orderId}`}>{orderNumber}</TextLink> : '–',
              },
              {
                title: c('externalRef'),
                cell: ({ externalRef }) => (externalRef ? <CopyId id={externalRef} what={c('externalRef')} /> : '–'),
              },
              { title: c('fact'), cell: ({ idempotencyKey }) => <CopyId id={idempotencyKey} what={c('fact')} /> },
            ]}
          />
        </Card>
      </div>
    </>
  )
}
