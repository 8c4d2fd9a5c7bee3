import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { type ListFilters, listProducts, readFilters } from '@/lib/queries/storefront'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import { ListView } from '@/app/[locale]/(storefront)/_list/list-view'
import { isNarrowed } from '@/app/[locale]/(storefront)/_list/narrowed'

export async function generateMetadata({ searchParams }: PageProps<'/[locale]/search'>): Promise<Metadata> {
  const t = await getTranslations('storefront.list')
  const filters = readFilters(await searchParams)
  const title = titleOf(t, filters)
  const found = pageMetadata({ title, description: t('allDescription'), path: '/search', locale: await getLocale() })
  // Only the plain list is worth an index entry; what people search for is not.
  const plain = !filters.q && !isNarrowed(filters) && filters.page === 1
  return plain ? found : { title, description: t('allDescription'), robots: { index: false, follow: true } }
}

export default async function SearchPage({ searchParams }: PageProps<'/[locale]/search'>) {
  const filters = readFilters(await searchParams)
  const t = await getTranslations('storefront.list')
  const list = await listProducts(db(), await getLocale(), filters, {}, new Date())
  return (
    <>
      <PageHeader title={filters.q ? t('searchTitle', { q: filters.q }) : t('allTitle')} />
      <ListView path="/search" filters={filters} list={list} />
    </>
  )
}

function titleOf(t: Awaited<ReturnType<typeof getTranslations<'storefront.list'>>>, { q, page }: ListFilters): string {
  const title = q ? t('searchTitle', { q }) : t('allTitle')
  return page > 1 ? t('pageOf', { title, page }) : title
}
