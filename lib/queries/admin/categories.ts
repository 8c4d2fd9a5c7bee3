import { z } from 'zod'
import { AttributeTemplate } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'

const AdminCategory = z.object({
  id: z.string(),
  slug: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  glyph: z.string(),
  attributeTemplate: AttributeTemplate,
  needsDownloadAddress: z.boolean(),
  requiresProof: z.boolean(),
  /** Only what differs from the mall's defaults. */
  rules: z.record(z.string(), z.number().nullable()),
  position: z.number(),
  products: z.number(),
  published: z.number(),
})
export type AdminCategory = z.infer<typeof AdminCategory>

const COLUMNS = sql`
  c.id, c.slug, c."nameZh", c."nameEn", c.glyph, c."attributeTemplate", c."needsDownloadAddress", c."requiresProof", c.rules, c.position,
  (SELECT count(*)::int FROM product p WHERE p."categoryId" = c.id) AS products,
  (SELECT count(*)::int FROM product p WHERE p."categoryId" = c.id AND p.status = 'PUBLISHED') AS published`

/** Every category in the mall's order. */
export async function listAdminCategories(db: Tx): Promise<AdminCategory[]> {
  return selectRows(db, AdminCategory, sql`SELECT ${COLUMNS} FROM category c ORDER BY c.position, c.id`)
}

export async function findAdminCategory(db: Tx, id: string): Promise<AdminCategory | null> {
  const [category] = await selectRows(
    db,
    AdminCategory,
    sql`SELECT ${COLUMNS} FROM category c WHERE c.id = ${id}::uuid`,
  )
  return category ?? null
}
