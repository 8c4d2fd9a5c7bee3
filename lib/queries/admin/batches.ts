import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { BatchKind, BatchReview, BatchSource, OrderStatus } from '@/lib/infra/prisma/enums'
import { BATCH_COLUMNS, BATCH_FROM, BATCH_SHOWN } from '@/lib/queries/batch-shown'
import { type Page, selectPage } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'
import { type OperatorActionRow, selectOperatorActions } from './operator-actions'

const ORDERS_PER_PAGE = 25

const BatchRow = z.object({
  id: z.string(),
  createdAt: z.date(),
  merchantId: z.string(),
  merchant: z.string(),
  categoryZh: z.string(),
  categoryEn: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  kind: z.enum(BatchKind),
  fileName: z.string().nullable(),
  source: z.enum(BatchSource),
  acceptedCount: z.number(),
  proofs: z.number(),
  /** Its category asks for a proof and it has none. */
  bare: z.boolean(),
  review: z.enum(BatchReview),
  frozenAt: z.date().nullable(),
  retiredAt: z.date().nullable(),
})
export type AdminBatchRow = z.infer<typeof BatchRow>

/** Of batches `b` in category `g`: sold under a category that asks for proofs, without one. Nobody freezes it for that; operators see it. */
const BARE = sql`(g."requiresProof" AND b.kind = 'UPLOAD' AND NOT EXISTS (SELECT FROM batch_proof f WHERE f."batchId" = b.id))`
/** What waits for an operator's word: proofs nobody has looked at, or none where there should be some, while it is on sale. */
export const BATCH_WAITS = sql`
  (b."frozenAt" IS NULL AND b."acceptedCount" > 0 AND (b.review = 'PENDING' OR b.review = 'NONE' AND b."retiredAt" IS NULL AND ${BARE}))`

export interface BatchFilter extends Span {
  readonly review?: BatchReview | undefined
  readonly frozen?: boolean
  readonly waiting?: boolean
  readonly merchantId?: string | undefined
  readonly categoryId?: string | undefined
}

/** Batches, latest first. Those of an import that took nothing are left out, unless proofs hang on them. */
export function adminBatches(filter: BatchFilter): AdminList<AdminBatchRow> {
  const { review, frozen = false, waiting = false, merchantId, categoryId, ...span } = filter
  return {
    row: BatchRow,
    columns: sql`
      b.id, b."createdAt", b."merchantId", m.name AS merchant, g."nameZh" AS "categoryZh", g."nameEn" AS "categoryEn", p."titleZh", p."titleEn",
      v."nameZh", v."nameEn", b.kind::text AS kind, b."fileName", b.source::text AS source, b."acceptedCount",
      (SELECT count(*)::int FROM batch_proof f WHERE f."batchId" = b.id) AS proofs, ${BARE} AS bare, b.review::text AS review, b."frozenAt", b."retiredAt"`,
    from: sql`${BATCH_FROM} JOIN merchant m ON m.id = b."merchantId"
      WHERE (b."acceptedCount" > 0 OR b.review <> 'NONE')
      ${review ? sql`AND b.review = ${review}::"BatchReview"` : empty} ${frozen ? sql`AND b."frozenAt" IS NOT NULL` : empty}
      ${waiting ? sql`AND ${BATCH_WAITS}` : empty} ${merchantId ? sql`AND b."merchantId" = ${merchantId}::uuid` : empty}
      ${categoryId ? sql`AND p."categoryId" = ${categoryId}::uuid` : empty} ${within(sql`b."createdAt"`, span)}`,
    at: sql`b."createdAt"`,
    id: sql`b.id`,
  }
}

export async function listAdminBatches(db: Tx, filter: BatchFilter, page: number): Promise<Page<AdminBatchRow>> {
  return listPage(db, adminBatches(filter), page)
}

const AdminBatch = z.object({
  ...BATCH_SHOWN,
  merchantId: z.string(),
  merchant: z.string(),
  bare: z.boolean(),
  reviewedBy: z.string().nullable(),
  frozenBy: z.string().nullable(),
  /** Codes of it that another merchant has as well. */
  pairs: z.number(),
})
export type AdminBatch = z.infer<typeof AdminBatch>

const BatchOrder = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(OrderStatus),
  placedAt: z.date(),
  /** CDKs of this batch that the order holds now, and those it was refunded. */
  held: z.number(),
  refunded: z.number(),
  totalMinor: z.number(),
  refundedMinor: z.number(),
  currency: z.string(),
  /** A dispute keeps it as it is. */
  disputed: z.boolean(),
})
export type BatchOrder = z.infer<typeof BatchOrder>

export interface AdminBatchPage {
  readonly batch: AdminBatch
  readonly orders: Page<BatchOrder>
  readonly actions: readonly OperatorActionRow[]
}

/** One batch with the orders that hold or held its CDKs, in three statements. */
export async function findAdminBatch(db: Tx, batchId: string, page: number): Promise<AdminBatchPage | null> {
  const [batch] = await selectRows(
    db,
    AdminBatch,
    sql`
      SELECT ${BATCH_COLUMNS}, b."merchantId", m.name AS merchant, ${BARE} AS bare, r."displayName" AS "reviewedBy", z."displayName" AS "frozenBy",
             (SELECT count(*)::int FROM fingerprint_pair x JOIN cdk c ON c.id IN (x."cdkId", x."firstCdkId") WHERE c."batchId" = b.id) AS pairs
      FROM ${BATCH_FROM} JOIN merchant m ON m.id = b."merchantId"
      LEFT JOIN "user" r ON r.id = b."reviewedById" LEFT JOIN "user" z ON z.id = b."frozenById"
      WHERE b.id = ${batchId}::uuid`,
  )
  if (!batch) return null
  const orders = await selectPage(
    db,
    BatchOrder,
    {
      columns: sql`o.id, o.number, o.status::text AS status, o."placedAt", h.held, h.refunded, o."totalMinor", o."refundedMinor", o.currency,
                   o."frozenAt" IS NOT NULL AS disputed`,
      from: sql`(
          SELECT t."orderId", count(*) FILTER (WHERE t.held)::int AS held, count(*) FILTER (WHERE NOT t.held)::int AS refunded FROM (
            SELECT c."orderId", true AS held FROM cdk c WHERE c."batchId" = ${batchId}::uuid AND c.state IN ('RESERVED', 'DELIVERED')
            UNION ALL
            SELECT n."orderId", false FROM cdk c JOIN refund_unit n ON n."merchantId" = c."merchantId" AND n."cdkId" = c.id WHERE c."batchId" = ${batchId}::uuid
          ) t GROUP BY t."orderId") h
        JOIN "order" o ON o.id = h."orderId"`,
      orderBy: sql`o."placedAt" DESC, o.id DESC`,
    },
    page,
    ORDERS_PER_PAGE,
  )
  return { batch, orders, actions: await selectOperatorActions(db, batchId) }
}
