import { BookText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { balanceOn, findAccount } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../../../_console/copy-id'
import { Figure } from '../../../../_console/facts'
import { FilterBar } from '../../../../_console/filter-bar'
import { type SearchParams, requireId } from '../../../../_console/params'
import { TransferText } from '../../../../_console/reason-text'
import { TextLink } from '../../../../_console/text-link'
import { OrderLinks, SpanFilter, orderLink } from '../../../_components/cells'
import { ExportLink } from '../../../_components/export-link'
import { readList, spanOf } from '../../../_components/list-query'
import { ListView } from '../../../_components/list-table'
import { TransfersQuery } from '@/app/[locale]/admin/ledger/query'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.ledger'))('title') }
}

export default async function AccountPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const id = requireId((await params).id)
  const { query, page } = await readList(TransfersQuery, searchParams)
  const { account, transfers } = (await findAccount(db(), id, spanOf(query), page)) ?? notFound()
  const [t, c, k] = [
    await getTranslations('admin.ledger'),
    await getTranslations('console.column'),
    await getTranslations('console.kind'),
  ]
  const { currency } = account
  const path = `/admin/ledger/accounts/${id}`
  return (
    <>
      <PageHeader
        title={
          <span className="break-words">
            {k(account.kind)} · {account.owner ?? account.ownerKey}
          </span>
        }
        back={{ href: `/admin/ledger/${account.kind}`, label: k(account.kind) }}
        action={<ExportLink list="transfers" query={{ ...query, account: id }} />}
      >
        <CopyId id={account.id} what={c('account')} whole />
      </PageHeader>
      <div className="grid gap-5">
        <div className="grid gap-3 sm:grid-cols-3">
          <Figure name={c('debits')}>
            <Money minor={account.debitsMinor} currency={currency} />
          </Figure>
          <Figure name={c('credits')}>
            <Money minor={account.creditsMinor} currency={currency} />
          </Figure>
          <Figure name={c('balance')}>
            <Money minor={balanceOn(account.kind, account)} currency={currency} />
          </Figure>
        </div>
        <div>
          <FilterBar path={path} active={Object.values(query).some(Boolean)}>
            <SpanFilter from={query.from} until={query.until} />
          </FilterBar>
          <ListView
            page={transfers}
            path={path}
            query={query}
            caption={t('transfers')}
            icon={<BookText />}
            none={{ title: t('noTransfers'), text: t('noneText') }}
            columns={[
              {
                title: c('at'),
                lead: true,
                cell: ({ at, transactionId }) => (
                  <TextLink href={`/admin/ledger/transactions/${transactionId}`}>
                    <DateTime at={at} style="second" />
                  </TextLink>
                ),
              },
              { title: c('what'), cell: ({ code }) => <TransferText code={code} /> },
              {
                title: c('otherAccount'),
                cell: ({ otherId, otherKind }) => (
                  <TextLink href={`/admin/ledger/accounts/${otherId}`}>{k(otherKind)}</TextLink>
                ),
              },
              {
                title: c('order'),
                cell: ({ orderId, orderNumber }) => <OrderLinks orders={orderLink(orderId, orderNumber)} />,
              },
              {
                title: c('debit'),
                numeric: true,
                cell: ({ debitMinor }) =>
                  debitMinor === null ? '–' : <Money minor={debitMinor} currency={currency} />,
              },
              {
                title: c('credit'),
                numeric: true,
                cell: ({ creditMinor }) =>
                  creditMinor === null ? '–' : <Money minor={creditMinor} currency={currency} />,
              },
              {
                title: c('balance'),
                numeric: true,
                cell: ({ balanceMinor }) => <Money minor={balanceMinor} currency={currency} className="font-medium" />,
              },
            ]}
          />
        </div>
      </div>
    </>
  )
}
