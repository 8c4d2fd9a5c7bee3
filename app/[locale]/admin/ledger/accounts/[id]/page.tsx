import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { findAccount } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../../../_console/copy-id'
import { Figure } from '../../../../_console/facts'
import { ListFoot } from '../../../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam, requireId } from '../../../../_console/params'
import { TransferText } from '../../../../_console/reason-text'
import { TextLink } from '../../../../_console/text-link'

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
  const { account, transfers } = (await findAccount(db(), id, pageParam.parse((await searchParams).page))) ?? notFound()
  const [t, c, k] = [
    await getTranslations('admin.ledger'),
    await getTranslations('console.column'),
    await getTranslations('console.kind'),
  ]
  const balance =
    account.kind === 'PROVIDER_CLEARING'
      ? account.debitsMinor - account.creditsMinor
      : account.creditsMinor - account.debitsMinor
  return (
    <>
      <PageHeader
        title={`${k(account.kind)} · ${account.owner ?? account.ownerKey}`}
        back={{ href: `/admin/ledger/${account.kind}`, label: k(account.kind) }}
      >
        <CopyId id={account.id} what={c('account')} whole />
      </PageHeader>
      <div className="grid gap-5">
        <div className="grid gap-3 sm:grid-cols-3">
          <Figure name={c('debits')}>
            <Money minor={account.debitsMinor} />
          </Figure>
          <Figure name={c('credits')}>
            <Money minor={account.creditsMinor} />
          </Figure>
          <Figure name={c('balance')}>
            <Money minor={balance} />
          </Figure>
        </div>
        <div>
          <Card title={t('transfers')} flush>
            <Table caption={t('transfers')}>
              <Thead>
                <Th>{c('at')}</Th>
                <Th>{c('what')}</Th>
                <Th>{c('otherAccount')}</Th>
                <Th>{c('order')}</Th>
                <Th numeric>{c('debit')}</Th>
                <Th numeric>{c('credit')}</Th>
                <Th>{c('fact')}</Th>
              </Thead>
              <Tbody>
                {transfers.rows.map((row) => (
                  <Tr key={row.id}>
                    <Td label={c('at')}>
                      <DateTime at={row.at} style="second" />
                    </Td>
                    <Td label={c('what')}>
                      <TransferText code={row.code} />
                    </Td>
                    <Td label={c('otherAccount')}>
                      <TextLink href={`/admin/ledger/accounts/${row.otherId}`}>{k(row.otherKind)}</TextLink>
                    </Td>
                    <Td label={c('order')}>
                      {row.orderId && row.orderNumber ? (
                        <TextLink href={`/admin/orders/${row.orderId}`}>{row.orderNumber}</TextLink>
                      ) : (
                        '–'
                      )}
                    </Td>
                    <Td label={c('debit')} numeric>
                      {row.debitMinor === null ? '–' : <Money minor={row.debitMinor} />}
                    </Td>
                    <Td label={c('credit')} numeric>
                      {row.creditMinor === null ? '–' : <Money minor={row.creditMinor} />}
                    </Td>
                    <Td label={c('fact')}>
                      <CopyId id={row.idempotencyKey} what={c('fact')} />
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </Card>
          <ListFoot page={transfers} hrefOf={(to) => hrefWith(`/admin/ledger/accounts/${id}`, { page: to })} />
        </div>
      </div>
    </>
  )
}
