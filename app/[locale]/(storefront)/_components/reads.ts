import { cache } from 'react'
import { db } from '@/lib/infra/db'
import { findProduct, listCategories, listProducts, readFilters } from '@/lib/queries/storefront'

// Read once per request, though layout, metadata and page all ask.
export const categories = cache((locale: string) => listCategories(db(), locale))
export const product = cache((locale: string, slug: string) => findProduct(db(), locale, slug, new Date()))
export const merchantList = cache((locale: string, slug: string, page: number) =>
  listProducts(db(), locale, { ...readFilters({}), page }, { merchantSlug: slug }, new Date()),
)
