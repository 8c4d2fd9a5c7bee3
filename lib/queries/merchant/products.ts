import { z } from 'zod'
import { type Tx, empty, sql } from '@/lib/domain/tx'
import { ProductStatus } from '@/lib/infra/prisma/enums'
import { type Page, containing, selectPage } from '@/lib/queries/page'

/** Stock is counted up to here; beyond it the exact number tells nobody anything. */
export const STOCK_COUNTED = 1_000

export interface ProductFilter {
  readonly q?: string | undefined
  readonly status?: ProductStatus | undefined
  readonly stock?: 'out' | 'low' | undefined
}

const MerchantProductRow = z.object({
  id: z.string(),
  slug: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  categoryZh: z.string(),
  categoryEn: z.string(),
  status: z.enum(ProductStatus),
  updatedAt: z.date(),
  variants: z.number(),
  lowestMinor: z.number().nullable(),
  highestMinor: z.number().nullable(),
  /** Available CDKs of the active variants, each counted up to STOCK_COUNTED. */
  left: z.number(),
  /** Nothing of it is sold out of stock. */
  byHand: z.boolean(),
})
export type MerchantProductRow = z.infer<typeof MerchantProductRow>

/** The merchant's products, latest change first. `stock: out | low` keeps those with an active variant that is. */
export async function listMerchantProducts(
  db: Tx,
  merchantId: string,
  filter: ProductFilter,
  page: number,
  lowStock: number,
  now: Date,
): Promise<Page<MerchantProductRow>> {
  const { q, status, stock } = filter
  return selectPage(
    db,
    MerchantProductRow,
    {
      columns: sql`
        p.id, p.slug, p."titleZh", p."titleEn", c."nameZh" AS "categoryZh", c."nameEn" AS "categoryEn", p.status::text AS status, p."updatedAt",
        s.variants, s."lowestMinor", s."highestMinor", s.left, s."byHand"`,
      from: sql`product p JOIN category c ON c.id = p."categoryId"
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS variants, min(v."priceMinor") AS "lowestMinor", max(v."priceMinor") AS "highestMinor",
                 COALESCE(sum(k.left), 0)::int AS left, min(k.left) FILTER (WHERE v.delivery <> 'MANUAL') AS least,
                 bool_or(v.delivery <> 'MANUAL' AND k.left < COALESCE(v."lowStockAt", ${lowStock})) AS low,
                 COALESCE(bool_and(v.delivery = 'MANUAL'), false) AS "byHand"
          FROM variant v CROSS JOIN LATERAL (SELECT count(*) AS left FROM (
            SELECT 1 FROM cdk WHERE "variantId" = v.id AND state = 'AVAILABLE' AND "sellBy" > ${now}::timestamptz LIMIT ${STOCK_COUNTED}) AS x) AS k
          WHERE v."merchantId" = p."merchantId" AND v."productId" = p.id AND v.active) AS s
        WHERE p."merchantId" = ${merchantId}::uuid
        ${status ? sql`AND p.status = ${status}::"ProductStatus"` : empty}
        ${stock ? (stock === 'out' ? sql`AND s.least < 1` : sql`AND s.low`) : empty}
        ${q ? sql`AND p."searchText" LIKE ${containing(q.normalize('NFKC').toLowerCase())}` : empty}`,
      orderBy: sql`p."updatedAt" DESC, p.id`,
    },
    page,
  )
}
