import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { ProductStatus } from '@/lib/infra/prisma/enums'
import { type Page, containing, selectPage } from '@/lib/queries/page'
import { STOCK_COUNTED } from './products'

const BATCHES_PER_PAGE = 20

const VARIANT_NAME = {
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
}

const StockRow = z.object({
  variantId: z.string(),
  ...VARIANT_NAME,
  productStatus: z.enum(ProductStatus),
  active: z.boolean(),
  /** Counted up to STOCK_COUNTED. */
  left: z.number(),
  /** Fewer than this are few. */
  lowAt: z.number(),
  reserved: z.number(),
  uploaded: z.number(),
  lastUploadAt: z.date().nullable(),
  byHand: z.boolean(),
})
export type StockRow = z.infer<typeof StockRow>

export interface StockFilter {
  readonly q?: string | undefined
  readonly stock?: 'out' | 'low' | undefined
}

/** The merchant's variants with their stock, the emptiest first. */
export async function listMerchantStock(
  db: Tx,
  merchantId: string,
  { q, stock }: StockFilter,
  page: number,
  lowStock: number,
  now: Date,
): Promise<Page<StockRow>> {
  return selectPage(
    db,
    StockRow,
    {
      columns: sql`
        v.id AS "variantId", p."titleZh", p."titleEn", v."nameZh", v."nameEn", p.status::text AS "productStatus", v.active, s.left, v.delivery = 'MANUAL' AS "byHand",
        COALESCE(v."lowStockAt", ${lowStock})::int AS "lowAt",
        COALESCE((SELECT sum(o.quantity)::int FROM "order" o WHERE o."variantId" = v.id AND o.status = 'AWAITING_PAYMENT'), 0) AS reserved,
        COALESCE((SELECT sum(b."acceptedCount")::int FROM stock_batch b WHERE b."variantId" = v.id), 0) AS uploaded,
        (SELECT max(b."createdAt") FROM stock_batch b WHERE b."variantId" = v.id) AS "lastUploadAt"`,
      from: sql`variant v JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
        CROSS JOIN LATERAL (SELECT count(*)::int AS left FROM (
          SELECT 1 FROM cdk WHERE "variantId" = v.id AND state = 'AVAILABLE' AND "sellBy" > ${now}::timestamptz LIMIT ${STOCK_COUNTED}) AS x) AS s
        WHERE v."merchantId" = ${merchantId}::uuid
        ${q ? sql`AND p."searchText" LIKE ${containing(q.normalize('NFKC').toLowerCase())}` : empty}
        ${stock ? sql`AND v.active AND v.delivery <> 'MANUAL' AND s.left < ${stock === 'out' ? sql`1` : sql`COALESCE(v."lowStockAt", ${lowStock})`}` : empty}`,
      orderBy: sql`v.active DESC, (p.status = 'PUBLISHED') DESC, s.left, v.id`,
    },
    page,
  )
}

const VariantStock = z.object({
  variantId: z.string(),
  productId: z.string(),
  productStatus: z.enum(ProductStatus),
  /** Delivered by hand, order by order: there is no stock to import. */
  byHand: z.boolean(),
  ...VARIANT_NAME,
  available: z.number(),
  reserved: z.number(),
  delivered: z.number(),
  retired: z.number(),
})
export type VariantStock = z.infer<typeof VariantStock>

const StockBatchRow = z.object({
  id: z.string(),
  fileName: z.string().nullable(),
  createdAt: z.date(),
  uploadedBy: z.string().nullable(),
  acceptedCount: z.number(),
  rejectedCount: z.number(),
  available: z.number(),
  delivered: z.number(),
  retired: z.number(),
})
export type StockBatchRow = z.infer<typeof StockBatchRow>

/** One variant's CDKs by state and its uploads, in three statements; null for another merchant's. */
export async function findVariantStock(
  db: Tx,
  merchantId: string,
  variantId: string,
  page: number,
): Promise<{ variant: VariantStock; batches: Page<StockBatchRow> } | null> {
  const [variant] = await selectRows(
    db,
    VariantStock,
    sql`
      SELECT v.id AS "variantId", p.id AS "productId", p.status::text AS "productStatus", v.delivery = 'MANUAL' AS "byHand", p."titleZh", p."titleEn",
             v."nameZh", v."nameEn", s.*
      FROM variant v JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE k.state = 'AVAILABLE')::int AS available, count(*) FILTER (WHERE k.state = 'RESERVED')::int AS reserved,
               count(*) FILTER (WHERE k.state = 'DELIVERED')::int AS delivered, count(*) FILTER (WHERE k.state = 'RETIRED')::int AS retired
        FROM stock_batch b JOIN cdk k ON k."batchId" = b.id
        WHERE b."variantId" IN (SELECT id FROM variant WHERE "productId" = p.id) AND k."variantId" = v.id) AS s
      WHERE v.id = ${variantId}::uuid AND v."merchantId" = ${merchantId}::uuid`,
  )
  if (!variant) return null
  const batches = await selectPage(
    db,
    StockBatchRow,
    {
      columns: sql`
        b.id, b."fileName", b."createdAt", u."displayName" AS "uploadedBy", b."acceptedCount", b."rejectedCount", s.*`,
      from: sql`stock_batch b LEFT JOIN "user" u ON u.id = b."uploadedById"
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE k.state = 'AVAILABLE')::int AS available, count(*) FILTER (WHERE k.state = 'DELIVERED')::int AS delivered,
                 count(*) FILTER (WHERE k.state = 'RETIRED')::int AS retired
          FROM cdk k WHERE k."batchId" = b.id) AS s
        WHERE b."merchantId" = ${merchantId}::uuid AND b."variantId" = ${variantId}::uuid`,
      orderBy: sql`b."createdAt" DESC, b.id DESC`,
    },
    page,
    BATCHES_PER_PAGE,
  )
  return { variant, batches }
}
