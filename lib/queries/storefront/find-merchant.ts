import { z } from 'zod'
import { type Sql, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { DAY_MS, after } from '@/lib/kernel/time'
import { decided, medianReplySeconds, upheld } from '@/lib/queries/case/upheld'
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

/** What a merchant's record is counted over. */
export const RECORD_DAYS = 90

const Record = z.object({
  /** Orders of the last 90 days that were delivered; at most `MOST_COUNTED_ORDERS`. */
  delivered: z.int(),
  /** Complaints opened in the last 90 days, those of them that were decided, and of these upheld. */
  opened: z.int(),
  decided: z.int(),
  upheld: z.int(),
  /** Median time to the first reply; null when there was nothing to reply to. */
  replySeconds: z.int().nullable(),
  /** Taken from the deposit in the last 90 days and not given back. */
  penalties: z.int(),
  penaltiesMinor: z.int(),
})
type MerchantRecord = z.infer<typeof Record>

/** With what became of his last 90 days; where one merchant is looked at. */
export type MerchantWithRecord = PublicMerchant & { readonly record: MerchantRecord }

/** The record of merchant `m` as a JSON scalar; each part from an index, none grows with the mall. */
function recordOf(now: Date): Sql {
  const since = after(now, -RECORD_DAYS * DAY_MS)
  return sql`
    (SELECT to_jsonb(r) FROM (SELECT
       (SELECT count(*)::int FROM (SELECT 1 FROM "order" o WHERE o."merchantId" = m.id AND o."placedAt" >= ${since} AND o."deliveredAt" IS NOT NULL
                                   LIMIT ${MOST_COUNTED_ORDERS}) sold) AS delivered, x.*, y.*
     FROM (SELECT count(*)::int AS opened, count(*) FILTER (WHERE ${decided})::int AS decided,
                  count(*) FILTER (WHERE ${upheld})::int AS upheld, ${medianReplySeconds()} AS "replySeconds"
           FROM complaint c WHERE c."merchantId" = m.id AND c."openedAt" >= ${since}) x,
          (SELECT count(*)::int AS penalties, COALESCE(sum(t."takenMinor"), 0)::int AS "penaltiesMinor"
           FROM penalty t WHERE t."merchantId" = m.id AND t.at >= ${since} AND t."returnedAt" IS NULL) y) r)`
}

/** The public facts of merchant `m` as columns, read back by `MerchantJson`. */
const merchantColumns: Sql = sql`
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

/** The same with his record. */
export function merchantWithRecord(now: Date): Sql {
  return sql`${merchantColumns}, ${recordOf(now)} AS record`
}

export const MerchantWithRecordJson = MerchantJson.extend({ record: Record })

/** The public facts and record of one merchant as a JSON scalar; NULL when there is none or it was never admitted. */
export function merchantBySlug(slug: string, now: Date): Sql {
  return sql`
    (SELECT to_jsonb(facts) FROM (SELECT ${merchantWithRecord(now)} FROM merchant m WHERE m.slug = ${slug} AND m.status <> 'PENDING') facts)`
}

/** The youngest merchants that have something for sale, as a JSON scalar. */
export const newestMerchants: Sql = sql`
  (SELECT COALESCE(jsonb_agg(to_jsonb(facts) ORDER BY facts.since DESC, facts.slug), '[]'::jsonb) FROM (
    SELECT ${merchantColumns} FROM merchant m
    WHERE EXISTS (SELECT 1 FROM product p WHERE p."merchantId" = m.id AND ${forSale})
    ORDER BY m."createdAt" DESC, m.slug LIMIT ${NEWEST_MERCHANTS}) facts)`
