import { Package } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { ProductStatus } from '@/lib/infra/prisma/enums'
import { LOW_STOCK, listMerchantProducts } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { ProductBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { localText } from '../../_console/local'
import { type SearchParams, choiceParam, hrefWith, pageParam, wordsParam } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { StockCount } from '../_components/stock-count'

const Query = z.object({
  q: wordsParam,
  status: choiceParam(ProductStatus),
  stock: choiceParam({ out: 'out', low: 'low' }),
  page: pageParam,
})
const PATH = '/merchant/products'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.products'))('title') }
}

export default async function ProductsPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const { page, ...filter } = Query.parse(await searchParams)
  const list = await listMerchantProducts(db(), merchantId, filter, page, LOW_STOCK, new Date())
  const [t, c, s, locale] = [
    await getTranslations('merchant.products'),
    await getTranslations('console.column'),
    await getTranslations('console.product'),
    await getLocale(),
  ]
  const active = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader title={t('title')} action={<ButtonLink href="/merchant/products/new">{t('new')}</ButtonLink>} />
      <FilterBar path={PATH} active={active}>
        <FilterInput label={t('search')} name="q" value={filter.q} placeholder={t('searchHint')} />
        <FilterSelect
          label={c('status')}
          name="status"
          value={filter.status}
          choices={Object.values(ProductStatus).map((value) => ({ value, label: s(value) }))}
        />
        <FilterSelect
          label={c('stock')}
          name="stock"
          value={filter.stock}
          choices={[
            { value: 'out', label: t('out') },
            { value: 'low', label: t('low', { count: LOW_STOCK }) },
          ]}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState
            icon={<Package />}
            title={t(active ? 'noneFound' : 'none')}
            action={!active && <ButtonLink href="/merchant/products/new">{t('new')}</ButtonLink>}
          >
            {t(active ? 'noneFoundText' : 'noneText')}
          </EmptyState>
        ) : (
          <Table caption={t('title')}>
            <Thead>
              <Th>{c('product')}</Th>
              <Th>{c('status')}</Th>
              <Th numeric>{c('variants')}</Th>
              <Th numeric>{c('price')}</Th>
              <Th numeric>{c('stock')}</Th>
              <Th>{c('updatedAt')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((row) => (
                <Tr key={row.id}>
                  <Td>
                    <span className="block sm:max-w-80">
                      <TextLink href={`${PATH}/${row.id}`}>{localText(locale, row.titleZh, row.titleEn)}</TextLink>
                      <span className="block text-sm text-ink-soft">
                        {localText(locale, row.categoryZh, row.categoryEn)}
                      </span>
                    </span>
                  </Td>
                  <Td label={c('status')}>
                    <ProductBadge status={row.status} />
                  </Td>
                  <Td label={c('variants')} numeric>
                    {row.variants}
                  </Td>
                  <Td label={c('price')} numeric>
                    {row.lowestMinor === null ? '–' : <Money minor={row.lowestMinor} />}
                    {row.highestMinor !== null && row.highestMinor !== row.lowestMinor && (
                      <>
                        {' – '}
                        <Money minor={row.highestMinor} />
                      </>
                    )}
                  </Td>
                  <Td label={c('stock')} numeric>
                    <StockCount left={row.left} selling={row.status === 'PUBLISHED'} byHand={row.byHand} />
                  </Td>
                  <Td label={c('updatedAt')}>
                    <DateTime at={row.updatedAt} />
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
