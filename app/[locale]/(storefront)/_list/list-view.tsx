import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Pagination } from '@/components/ui/pagination'
import { Tabs } from '@/components/ui/tabs'
import { type ListFilters, type ProductList, SORTS, writeFilters } from '@/lib/queries/storefront'
import { ProductGrid } from '@/app/[locale]/(storefront)/_components/product-grid'
import { ActiveFilters } from './active-filters'
import { EmptyList } from './empty-list'
import { FilterPanel } from './filter-panel'

export interface ListProps {
  /** The list's path without its query: "/search", "/categories/software". */
  readonly path: string
  readonly filters: ListFilters
  readonly list: ProductList
}

/** Filters, sorting, results and pages of one list. Everything is a link or a GET form: it works without JavaScript. */
export function ListView({ path, filters, list }: ListProps) {
  const t = useTranslations('storefront.list')
  const hrefOf = (changes: Partial<ListFilters>) => path + writeFilters({ ...filters, page: 1, ...changes })
  // Without words "best" is the newest first: one tab for it is enough.
  const sorts = SORTS.filter((sort) => (filters.q ? true : sort !== 'newest'))
  const chosen = !filters.q && filters.sort === 'newest' ? 'best' : filters.sort
  return (
    <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[13rem_minmax(0,1fr)]">
      <FilterPanel path={path} filters={filters} facets={list.facets} />
      <section aria-label={t('results')} className="min-w-0">
        <Tabs
          label={t('sort.label')}
          tabs={sorts.map((sort) => ({
            href: hrefOf({ sort }),
            label: t(`sort.${sort === 'best' && !filters.q ? 'newest' : sort}`),
            current: sort === chosen,
          }))}
        />
        <ActiveFilters path={path} filters={filters} facets={list.facets} total={list.total} />
        {list.cards.length > 0 ? (
          <ProductGrid cards={list.cards} beside />
        ) : (
          <EmptyList path={path} filters={filters} icon={<SearchX />} />
        )}
        <Pagination page={Math.min(filters.page, list.pages)} pages={list.pages} hrefOf={(page) => hrefOf({ page })} />
      </section>
    </div>
  )
}
