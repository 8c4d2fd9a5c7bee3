import { z } from 'zod'
import { type Sql, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
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

/** The public facts of merchant `m` as columns, read back by `MerchantJson`. */
export const merchantColumns: Sql = sql`
  m.slug, m.name, m."legalName", m."legalNumber", m."feeBps", m."createdAt" AS since, m.status = 'ACTIVE' AS selling,
  ${depositMinor} AS "depositMinor",
  (SELECT count(*)::int FROM (SELECT 1 FROM "order" o WHERE o."merchantId" = m.id AND o.status = 'CONFIRMED'
                              LIMIT ${MOST_COUNTED_ORDERS}) counted) AS "completedOrders"`

/** Those columns as JSON, where moments are texts. */
export const MerchantJson = z.object({
  slug: z.string(),
  name: z.string(),
  legalName: z.string(),
  legalNumber: z.string(),
  feeBps: z.int(),
  since: z.coerce.date(),
  selling: z.boolean(),
  depositMinor: z.int(),
  completedOrders: z.int(),
})

/** The public facts of one merchant as a JSON scalar; NULL when there is none or it was never admitted. */
export function merchantBySlug(slug: string): Sql {
  return sql`
    (SELECT to_jsonb(facts) FROM (SELECT ${merchantColumns} FROM merchant m WHERE m.slug = ${slug} AND m.status <> 'PENDING') facts)`
}

/** The youngest merchants that have something for sale, as a JSON scalar. */
export const newestMerchants: Sql = sql`
  (SELECT COALESCE(jsonb_agg(to_jsonb(facts) ORDER BY facts.since DESC, facts.slug), '[]'::jsonb) FROM (
    SELECT ${merchantColumns} FROM merchant m
    WHERE EXISTS (SELECT 1 FROM product p WHERE p."merchantId" = m.id AND ${forSale})
    ORDER BY m."createdAt" DESC, m.slug LIMIT ${NEWEST_MERCHANTS}) facts)`
