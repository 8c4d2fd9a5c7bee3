import { z } from 'zod'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { CdkState } from '@/lib/infra/prisma/enums'
import type { Page } from '@/lib/queries/page'
import { type AdminList, type Span, listPage, within } from './list'

const PairRow = z.object({
  id: z.string(),
  seenAt: z.date(),
  handledAt: z.date().nullable(),
  handledBy: z.string().nullable(),
  note: z.string().nullable(),
  /** Where the later one stood in its upload. */
  line: z.number().nullable(),
  firstMerchantId: z.string(),
  firstMerchant: z.string(),
  firstCdkId: z.string(),
  firstState: z.enum(CdkState).nullable(),
  firstBatchId: z.string().nullable(),
  firstBatchFrozen: z.boolean(),
  firstAt: z.date().nullable(),
  firstOrderId: z.string().nullable(),
  firstOrder: z.string().nullable(),
  merchantId: z.string(),
  merchant: z.string(),
  /** Null when the import refused it. */
  cdkId: z.string().nullable(),
  state: z.enum(CdkState).nullable(),
  batchId: z.string().nullable(),
  batchFrozen: z.boolean(),
  orderId: z.string().nullable(),
  order: z.string().nullable(),
})
export type PairRow = z.infer<typeof PairRow>

const COLUMNS = sql`
  x.id, x."seenAt", x."handledAt", u."displayName" AS "handledBy", x.note, x.line,
  x."firstMerchantId", fm.name AS "firstMerchant", x."firstCdkId", f.state::text AS "firstState", f."batchId" AS "firstBatchId",
  fb."frozenAt" IS NOT NULL AS "firstBatchFrozen", f."createdAt" AS "firstAt", fo.id AS "firstOrderId", fo.number AS "firstOrder",
  x."merchantId", sm.name AS merchant, x."cdkId", s.state::text AS state, COALESCE(s."batchId", i."batchId") AS "batchId",
  sb."frozenAt" IS NOT NULL AS "batchFrozen", so.id AS "orderId", so.number AS "order"`
const FROM = sql`fingerprint_pair x
  JOIN merchant fm ON fm.id = x."firstMerchantId" JOIN merchant sm ON sm.id = x."merchantId"
  LEFT JOIN cdk f ON f.id = x."firstCdkId" LEFT JOIN stock_batch fb ON fb.id = f."batchId" LEFT JOIN "order" fo ON fo.id = f."orderId"
  LEFT JOIN cdk s ON s.id = x."cdkId" LEFT JOIN stock_import i ON i.id = x."importId"
  LEFT JOIN stock_batch sb ON sb.id = COALESCE(s."batchId", i."batchId") LEFT JOIN "order" so ON so.id = s."orderId"
  LEFT JOIN "user" u ON u.id = x."handledById"`

export interface PairFilter extends Span {
  /** Only those nobody has dealt with. */
  readonly open?: boolean
  /** On either side. */
  readonly merchantId?: string | undefined
}

/** Codes that two merchants brought, latest first. */
export function pairs({ open = false, merchantId, ...span }: PairFilter): AdminList<PairRow> {
  return {
    row: PairRow,
    columns: COLUMNS,
    from: sql`${FROM} WHERE TRUE ${open ? sql`AND x."handledAt" IS NULL` : empty}
      ${merchantId ? sql`AND ${merchantId}::uuid IN (x."merchantId", x."firstMerchantId")` : empty} ${within(sql`x."seenAt"`, span)}`,
    at: sql`x."seenAt"`,
    id: sql`x.id`,
  }
}

export async function listPairs(db: Tx, filter: PairFilter, page: number): Promise<Page<PairRow>> {
  return listPage(db, pairs(filter), page)
}

export async function findPair(db: Tx, id: string): Promise<PairRow | null> {
  const [pair] = await selectRows(db, PairRow, sql`SELECT ${COLUMNS} FROM ${FROM} WHERE x.id = ${id}::uuid`)
  return pair ?? null
}
