import { Upload } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { LOW_STOCK, listMerchantStock, listRecentImports } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { ProductBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { localText } from '../../_console/local'
import { type SearchParams, choiceParam, hrefWith, pageParam, wordsParam } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { StockCount } from '../_components/stock-count'
import { RecentImports } from './imports/_components/recent-imports'

const Query = z.object({ q: wordsParam, stock: choiceParam({ out: 'out', low: 'low' }), page: pageParam })
const PATH = '/merchant/stock'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.stock'))('title') }
}

export default async function StockPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const { page, ...filter } = Query.parse(await searchParams)
  const list = await listMerchantStock(db(), merchantId, filter, page, LOW_STOCK, new Date())
  const imports = await listRecentImports(db(), merchantId, null)
  const [t, p, c, locale] = [
    await getTranslations('merchant.stock'),
    await getTranslations('merchant.products'),
    await getTranslations('console.column'),
    await getLocale(),
  ]
  const active = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          <ButtonLink href="/merchant/stock/desk" variant="secondary">
            {t('desk')}
          </ButtonLink>
        }
      >
        {t('intro')}
      </PageHeader>
      <RecentImports rows={imports} className="mb-5" />
      <FilterBar path={PATH} active={active}>
        <FilterInput label={p('search')} name="q" value={filter.q} placeholder={p('searchHint')} />
        <FilterSelect
          label={c('stock')}
          name="stock"
          value={filter.stock}
          choices={[
            { value: 'out', label: p('out') },
            { value: 'low', label: p('low', { count: LOW_STOCK }) },
          ]}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState
            icon={<Upload />}
            title={t(active ? 'noneFound' : 'none')}
            action={!active && <ButtonLink href="/merchant/products/new">{p('new')}</ButtonLink>}
          >
            {t(active ? 'noneFoundText' : 'noneText')}
          </EmptyState>
        ) : (
          <Table caption={t('title')}>
            <Thead>
              <Th>{c('variant')}</Th>
              <Th>{c('status')}</Th>
              <Th numeric>{c('available')}</Th>
              <Th numeric>{c('reserved')}</Th>
              <Th numeric>{c('uploaded')}</Th>
              <Th>{c('lastUpload')}</Th>
              <Th>{c('action')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((row) => (
                <Tr key={row.variantId}>
                  <Td>
                    <span className="block sm:max-w-80">
                      <TextLink href={`${PATH}/${row.variantId}`}>{localText(locale, row.nameZh, row.nameEn)}</TextLink>
                      <span className="block text-sm text-ink-soft">{localText(locale, row.titleZh, row.titleEn)}</span>
                    </span>
                  </Td>
                  <Td label={c('status')}>
                    {row.active ? (
                      <ProductBadge status={row.productStatus} />
                    ) : (
                      <span className="text-ink-soft">{t('inactive')}</span>
                    )}
                  </Td>
                  <Td label={c('available')} numeric>
                    <StockCount
                      left={row.left}
                      lowAt={row.lowAt}
                      byHand={row.byHand}
                      selling={row.active && row.productStatus === 'PUBLISHED'}
                    />
                  </Td>
                  <Td label={c('reserved')} numeric>
                    {row.reserved}
                  </Td>
                  <Td label={c('uploaded')} numeric>
                    {row.uploaded}
                  </Td>
                  <Td label={c('lastUpload')}>{row.lastUploadAt ? <DateTime at={row.lastUploadAt} /> : '–'}</Td>
                  <Td>
                    <ButtonLink href={`${PATH}/${row.variantId}`} variant="secondary" size="sm">
                      {t('upload')}
                    </ButtonLink>
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
