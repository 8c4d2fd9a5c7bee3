import { BookText } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { listAccounts } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../../_console/copy-id'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, choiceParam, hrefWith, pageParam } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'

const Query = z.object({ open: choiceParam({ yes: 'yes' }), page: pageParam })

export async function generateMetadata() {
  return { title: (await getTranslations('admin.ledger'))('title') }
}

export default async function AccountsPage({
  params,
  searchParams,
}: {
  params: Promise<{ kind: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const kind = z.enum(AccountKind).safeParse((await params).kind).data ?? notFound()
  const { open, page } = Query.parse(await searchParams)
  const list = await listAccounts(db(), kind, { open: open === 'yes' }, page)
  const [t, c, k] = [
    await getTranslations('admin.ledger'),
    await getTranslations('console.column'),
    await getTranslations('console.kind'),
  ]
  const path = `/admin/ledger/${kind}`
  return (
    <>
      <PageHeader title={k(kind)} back={{ href: '/admin/ledger', label: t('title') }}>
        {t(`kind.${kind}`)}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('which')}
          tabs={[
            { href: path, label: t('allAccounts'), current: !open },
            { href: `${path}?open=yes`, label: t('openAccounts'), current: open === 'yes' },
          ]}
        />
      </div>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<BookText />} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        ) : (
          <Table caption={k(kind)}>
            <Thead>
              <Th>{c('owner')}</Th>
              <Th>{c('account')}</Th>
              <Th numeric>{c('debits')}</Th>
              <Th numeric>{c('credits')}</Th>
              <Th numeric>{c('balance')}</Th>
              <Th>{c('createdAt')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((row) => (
                <Tr key={row.id}>
                  <Td>
                    <TextLink href={`/admin/ledger/accounts/${row.id}`}>{row.owner ?? row.ownerKey}</TextLink>
                  </Td>
                  <Td label={c('account')}>
                    <CopyId id={row.id} what={c('account')} />
                  </Td>
                  <Td label={c('debits')} numeric>
                    <Money minor={row.debitsMinor} />
                  </Td>
                  <Td label={c('credits')} numeric>
                    <Money minor={row.creditsMinor} />
                  </Td>
                  <Td label={c('balance')} numeric>
                    <Money
                      minor={
                        kind === 'PROVIDER_CLEARING'
                          ? row.debitsMinor - row.creditsMinor
                          : row.creditsMinor - row.debitsMinor
                      }
                      className="font-semibold"
                    />
                  </Td>
                  <Td label={c('createdAt')}>
                    <DateTime at={row.createdAt} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(path, { open, page: to })} />
    </>
  )
}
