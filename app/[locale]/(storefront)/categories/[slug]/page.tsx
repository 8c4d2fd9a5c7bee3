import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { type CategoryLink, listProducts, readFilters } from '@/lib/queries/storefront'
import { categories } from '@/app/[locale]/(storefront)/_components/reads'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import { ListView } from '@/app/[locale]/(storefront)/_list/list-view'
import { isNarrowed } from '@/app/[locale]/(storefront)/_list/narrowed'

type Props = PageProps<'/[locale]/categories/[slug]'>

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { slug, name } = await requireCategory(params)
  const t = await getTranslations('storefront.list')
  const filters = readFilters(await searchParams)
  const title = filters.page > 1 ? t('pageOf', { title: name, page: filters.page }) : name
  const description = t('categoryDescription', { name })
  const plain = !filters.q && !isNarrowed(filters) && filters.page === 1
  if (!plain) return { title, description, robots: { index: false, follow: true } }
  return pageMetadata({ title, description, path: `/categories/${slug}`, locale: await getLocale() })
}

export default async function CategoryPage({ params, searchParams }: Props) {
  const { slug, name } = await requireCategory(params)
  const filters = { ...readFilters(await searchParams), category: null }
  const list = await listProducts(db(), await getLocale(), filters, { categorySlug: slug }, new Date())
  return (
    <>
      <PageHeader title={name} />
      <ListView path={`/categories/${slug}`} filters={filters} list={list} />
    </>
  )
}

async function requireCategory(params: Props['params']): Promise<CategoryLink> {
  const { slug } = await params
  return (await categories(await getLocale())).find((category) => category.slug === slug) ?? notFound()
}
