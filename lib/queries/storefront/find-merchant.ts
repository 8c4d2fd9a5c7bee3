import { z } from 'zod'
import { type Sql, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type Minor, toMinor } from '@/lib/kernel/money'
import { depositMinor } from './deposit'
import { forSale } from './for-sale'

/** Completed orders are counted up to here; the page says "9,999+" beyond. */
export const MOST_COUNTED_ORDERS = 10_000

const NEWEST_MERCHANTS = 4

export interface PublicMerchant {
  readonly slug: string
  readonly name: string
  readonly legalName: string
  readonly legalNumber: string
  readonly feeBps: number
  readonly since: Date
  readonly selling: boolean
  readonly depositMinor: Minor
  /** At most `MOST_COUNTED_ORDERS`. */
  readonly completedOrders: number
}

/** The public facts of merchant `m` as columns. */
export const merchantColumns: Sql = sql`
  m.slug, m.name, m."legalName", m."legalNumber", m."feeBps", m."createdAt" AS since, m.status = 'ACTIVE' AS selling,
  ${depositMinor} AS "depositMinor",
  (SELECT count(*)::int FROM (SELECT 1 FROM "order" o WHERE o."merchantId" = m.id AND o.status = 'CONFIRMED'
                              LIMIT ${MOST_COUNTED_ORDERS}) counted) AS "completedOrders"`

export const MerchantRow = z.object({
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  legalNumber: z.string(),
  feeBps: z.int(),
  since: z.date(),
  selling: z.boolean(),
  depositMinor: z.union([z.bigint(), z.int()]).transform(toMinor),
  completedOrders: z.int(),
})

/** A merchant's public page in one statement; null when there is none or it was never admitted. */
export async function findMerchant(tx: Tx, slug: string): Promise<PublicMerchant | null> {
  const rows = await selectRows(
    tx,
    MerchantRow,
    sql`SELECT ${merchantColumns} FROM merchant m WHERE m.slug = ${slug} AND m.status <> 'PENDING'`,
  )
  return rows[0] ?? null
}

/** The youngest merchants that have something for sale: one statement. */
export async function listNewestMerchants(tx: Tx): Promise<PublicMerchant[]> {
  return selectRows(
    tx,
    MerchantRow,
    sql`
      SELECT ${merchantColumns} FROM merchant m
      WHERE EXISTS (SELECT 1 FROM product p WHERE p."merchantId" = m.id AND ${forSale})
      ORDER BY m."createdAt" DESC, m.id DESC LIMIT ${NEWEST_MERCHANTS}`,
  )
}
