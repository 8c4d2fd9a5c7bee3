import { z } from 'zod'
import { type CdkFilter, expiring, filterCdks } from '@/lib/domain/stock'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CdkState } from '@/lib/infra/prisma/enums'

export const DESK_PAGE = 50
/** CDKs that one page looks through at most, however few of them fit: a page costs the same with a million. */
export const DESK_WINDOW = 50_000

const Names = {
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
}

export const DeskRow = z.object({
  id: z.string(),
  state: z.enum(CdkState),
  variantId: z.string(),
  batchId: z.string(),
  ...Names,
  fileName: z.string().nullable(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  sellBy: z.date(),
  costMinor: z.number().nullable(),
  note: z.string().nullable(),
  orderId: z.string().nullable(),
  orderNumber: z.string().nullable(),
  exported: z.boolean(),
})
export type DeskRow = z.infer<typeof DeskRow>

/** Where a page of the desk begins: behind the CDK `id`, and by expiry behind its day. */
export interface DeskCursor {
  readonly id: string
  readonly expiresAt: Date | null
}

export interface DeskPage {
  readonly rows: readonly DeskRow[]
  /** Where to look further: behind the last row, or behind what was looked through in vain. */
  readonly next: DeskCursor | null
  /** The next page looks on because this one's window ended, not because it is full. */
  readonly looking: boolean
}

/**
 * A page of the merchant's CDKs that a filter finds, the latest first, or by expiry the next to expire first (available ones,
 * unless another state is asked for). Keyset over an index in two statements at most.
 */
export async function listDeskCdks(
  db: Tx,
  merchantId: string,
  asked: CdkFilter,
  cursor: DeskCursor | null,
  now: Date,
): Promise<DeskPage> {
  const filter: CdkFilter = asked.expiry ? { state: 'AVAILABLE', ...present(asked) } : asked
  const { where, order } = scanOf(merchantId, filter, cursor, now)
  const rows = await selectRows(
    db,
    DeskRow,
    sql`
      SELECT ${DESK_COLUMNS}
      FROM (
        SELECT c.* FROM (
          SELECT c.id, c."merchantId", c."variantId", c."batchId", c.state, c."createdAt", c."expiresAt", c."sellBy", c."costMinor", c.note, c."orderId"
          FROM cdk c WHERE ${where} ORDER BY ${order} LIMIT ${DESK_WINDOW}) c
        WHERE ${filterCdks(merchantId, filter, now)} ORDER BY ${order} LIMIT ${DESK_PAGE + 1}) c
      ${DESK_JOINS} ORDER BY ${order}`,
  )
  if (rows.length > DESK_PAGE) {
    const shown = rows.slice(0, DESK_PAGE)
    return { rows: shown, next: shown.at(-1) ?? null, looking: false }
  }
  const [last] = await selectRows(
    db,
    z.object({ id: z.string(), expiresAt: z.date().nullable() }),
    sql`SELECT c.id, c."expiresAt" FROM cdk c WHERE ${where} ORDER BY ${order} OFFSET ${DESK_WINDOW - 1} LIMIT 1`,
  )
  return { rows, next: last ?? null, looking: last !== undefined }
}

/** What is read in which order: always a range of one index. */
function scanOf(merchantId: string, { batchId, state, expiry }: CdkFilter, cursor: DeskCursor | null, now: Date) {
  const own = sql`c."merchantId" = ${merchantId}::uuid`
  if (expiry) {
    const behind = cursor?.expiresAt
      ? sql`AND (c."expiresAt", c.id) > (${cursor.expiresAt}::timestamptz, ${cursor.id}::uuid)`
      : sql``
    return {
      where: sql`${own} AND c.state = ${state}::"CdkState" AND ${expiring(expiry, now)} ${behind}`,
      order: sql`c."expiresAt", c.id`,
    }
  }
  const behind = cursor ? sql`AND c.id < ${cursor.id}::uuid` : sql``
  return { where: sql`${own} ${narrowed(merchantId, batchId, state)} ${behind}`, order: sql`c.id DESC` }
}

function narrowed(merchantId: string, batchId: string | undefined, state: CdkState | undefined): Sql {
  if (batchId) return sql`AND c."batchId" = ${batchId}::uuid`
  // Of these there are few among many others; the index that holds only them wants to be told so.
  if (state === 'RETIRED') return sql`AND c.state = 'RETIRED'`
  if (state === 'FROZEN') return sql`AND c.state = 'FROZEN'`
  if (state === 'RESERVED') {
    return sql`AND c."orderId" = ANY (ARRAY(
      SELECT o.id FROM "order" o WHERE o."merchantId" = ${merchantId}::uuid AND o.status = 'AWAITING_PAYMENT'))`
  }
  return sql``
}

function present(filter: CdkFilter): CdkFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

const DESK_COLUMNS = sql`
  c.id, c.state::text AS state, c."variantId", c."batchId", p."titleZh", p."titleEn", v."nameZh", v."nameEn", b."fileName", c."createdAt",
  c."expiresAt", c."sellBy", c."costMinor", c.note, c."orderId", o.number AS "orderNumber",
  EXISTS (SELECT FROM stock_export_unit u WHERE u."cdkId" = c.id) AS exported`
const DESK_JOINS = sql`
  JOIN variant v ON v.id = c."variantId" JOIN product p ON p.id = v."productId" JOIN stock_batch b ON b.id = c."batchId"
  LEFT JOIN "order" o ON o.id = c."orderId"`

/** As many rows of one pasted code: a shared one has a row a seat. */
const MOST_FOUND = 50

/** The merchant's CDKs with one of these fingerprints, by the unique index. */
export async function findByFingerprints(
  db: Tx,
  merchantId: string,
  fingerprints: readonly Uint8Array[],
): Promise<DeskRow[]> {
  return selectRows(
    db,
    DeskRow,
    sql`
      SELECT ${DESK_COLUMNS}
      FROM (SELECT * FROM cdk WHERE fingerprint = ANY (${[...fingerprints]}::bytea[]) AND "merchantId" = ${merchantId}::uuid
            ORDER BY id LIMIT ${MOST_FOUND}) c
      ${DESK_JOINS} ORDER BY c.id`,
  )
}

/** For how many buyers the merchant's shared codes are at most; 1 when there are none. */
export async function findMostSeats(db: Tx, merchantId: string): Promise<number> {
  const { _max } = await db.stockBatch.aggregate({ where: { merchantId }, _max: { seats: true } })
  return _max.seats ?? 1
}

const VariantChoice = z.object({ id: z.string(), productId: z.string(), ...Names })
export type VariantChoice = z.infer<typeof VariantChoice>

/** The merchant's variants for a filter, those of one product together. */
export async function listVariantChoices(db: Tx, merchantId: string): Promise<VariantChoice[]> {
  return selectRows(
    db,
    VariantChoice,
    sql`
      SELECT v.id, v."productId", p."titleZh", p."titleEn", v."nameZh", v."nameEn"
      FROM variant v JOIN product p ON p.id = v."productId"
      WHERE v."merchantId" = ${merchantId}::uuid ORDER BY p."updatedAt" DESC, p.id, v.position, v.id LIMIT 300`,
  )
}

const BatchChoice = z.object({
  id: z.string(),
  fileName: z.string().nullable(),
  createdAt: z.date(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
})
export type BatchChoice = z.infer<typeof BatchChoice>

/** The latest batches for a filter, and the one that is chosen, however old. */
export async function listBatchChoices(db: Tx, merchantId: string, chosen?: string): Promise<BatchChoice[]> {
  return selectRows(
    db,
    BatchChoice,
    sql`
      SELECT b.id, b."fileName", b."createdAt", v."nameZh", v."nameEn"
      FROM (
        (SELECT * FROM stock_batch WHERE "merchantId" = ${merchantId}::uuid AND kind = 'UPLOAD' ORDER BY "createdAt" DESC LIMIT 40)
        UNION SELECT * FROM stock_batch WHERE "merchantId" = ${merchantId}::uuid AND id = ${chosen ?? null}::uuid) b
      JOIN variant v ON v.id = b."variantId" ORDER BY b."createdAt" DESC`,
  )
}
