import type { Tx } from '@/lib/domain/tx'

/** A sitemap file may hold 50,000 addresses; each product has two (languages). */
const MOST_PRODUCTS = 20_000

export interface PublicAddresses {
  readonly categories: readonly string[]
  readonly merchants: readonly string[]
  readonly products: ReadonlyArray<{ readonly slug: string; readonly updatedAt: Date }>
}

/** What the sitemap lists: three statements. */
export async function listPublicAddresses(tx: Tx): Promise<PublicAddresses> {
  const [categories, merchants, products] = await Promise.all([
    tx.category.findMany({ select: { slug: true }, orderBy: { position: 'asc' } }),
    tx.merchant.findMany({ where: { status: 'ACTIVE' }, select: { slug: true }, orderBy: { createdAt: 'desc' } }),
    tx.product.findMany({
      where: { status: 'PUBLISHED', merchant: { status: 'ACTIVE' }, variants: { some: { active: true } } },
      select: { slug: true, updatedAt: true },
      orderBy: { publishedAt: 'desc' },
      take: MOST_PRODUCTS,
    }),
  ])
  return { categories: categories.map(({ slug }) => slug), merchants: merchants.map(({ slug }) => slug), products }
}
