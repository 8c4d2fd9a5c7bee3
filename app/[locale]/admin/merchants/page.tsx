import { Store } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { MerchantStatus } from '@/lib/infra/prisma/enums'
import { listMerchants } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { MerchantBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, choiceParam, hrefWith, pageParam, wordsParam } from '../../_console/params'
import { TextLink } from '../../_console/text-link'

const Query = z.object({ q: wordsParam, status: choiceParam(MerchantStatus), page: pageParam })
const PATH = '/admin/merchants'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.merchants'))('title') }
}

export default async function MerchantsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { page, ...filter } = Query.parse(await searchParams)
  const list = await listMerchants(db(), filter, page)
  const [t, c, s] = [
    await getTranslations('admin.merchants'),
    await getTranslations('console.column'),
    await getTranslations('console.merchant'),
  ]
  const active = Object.values(filter).some(Boolean)
  const open = <ButtonLink href="/admin/merchants/new">{t('open')}</ButtonLink>
  return (
    <>
      <PageHeader title={t('title')} action={open} />
      <FilterBar path={PATH} active={active}>
        <FilterInput label={t('search')} name="q" value={filter.q} placeholder={t('searchHint')} />
        <FilterSelect
          label={c('status')}
          name="status"
          value={filter.status}
          choices={Object.values(MerchantStatus).map((value) => ({ value, label: s(value) }))}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<Store />} title={t(active ? 'noneFound' : 'none')} action={!active && open}>
            {t(active ? 'noneFoundText' : 'noneText')}
          </EmptyState>
        ) : (
          <Table caption={t('title')}>
            <Thead>
              <Th>{c('merchant')}</Th>
              <Th>{c('status')}</Th>
              <Th numeric>{c('onSale')}</Th>
              <Th numeric>{c('openOrders')}</Th>
              <Th numeric>{c('feeRate')}</Th>
              <Th numeric>{c('deposit')}</Th>
              <Th>{c('createdAt')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((row) => (
                <Tr key={row.id}>
                  <Td>
                    <span className="block sm:max-w-80">
                      <TextLink href={`${PATH}/${row.id}`}>{row.name}</TextLink>
                      <span className="block text-sm text-ink-soft">{row.legalName}</span>
                    </span>
                  </Td>
                  <Td label={c('status')}>
                    <MerchantBadge status={row.status} />
                  </Td>
                  <Td label={c('onSale')} numeric>
                    {row.products}
                  </Td>
                  <Td label={c('openOrders')} numeric>
                    {row.openOrders}
                  </Td>
                  <Td label={c('feeRate')} numeric>
                    {(row.feeBps / 100).toFixed(2)}%
                  </Td>
                  <Td label={c('deposit')} numeric>
                    <Money minor={row.depositMinor} />
                  </Td>
                  <Td label={c('createdAt')}>
                    <DateTime at={row.createdAt} style="day" />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { ...filter, page: to })} />
    </>
  )
}
