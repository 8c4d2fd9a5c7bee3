import { rulesOf, type AfterSaleRules } from '@/lib/domain/catalog'
import type { Tx } from '@/lib/domain/tx'
import { said } from './localise'

export interface CategoryLink {
  readonly slug: string
  readonly name: string
  readonly glyph: string
  readonly rules: AfterSaleRules
}

/** Every category in its order: one statement. */
export async function listCategories(tx: Tx, locale: string): Promise<CategoryLink[]> {
  const rows = await tx.category.findMany({
    orderBy: [{ position: 'asc' }, { slug: 'asc' }],
    select: { slug: true, nameZh: true, nameEn: true, glyph: true, rules: true },
  })
  return rows.map(({ slug, nameZh, nameEn, glyph, rules }) => ({
    slug,
    name: said(locale, nameZh, nameEn),
    glyph,
    rules: rulesOf(rules),
  }))
}
