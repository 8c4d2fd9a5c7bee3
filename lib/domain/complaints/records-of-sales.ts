import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { RecordFact, RecordsAsked } from './records'

const Sale = z.object({
  cdkId: z.string(),
  soldAt: z.date().nullable(),
  seenAt: z.date().nullable(),
  exportedAt: z.date().nullable(),
})

/**
 * CDKs that somebody had before this buyer: the same code delivered earlier to somebody else by another merchant (the import looks for it,
 * two imports at the same moment may slip through), this CDK looked at under another order, or exported. Seats of a shared code
 * are meant for several buyers and prove nothing. A delivery that nobody looked at and that was taken back leaves no `deliveredAt`.
 */
export async function recordsOfSales(tx: Tx, { order, cdkIds }: RecordsAsked): Promise<readonly RecordFact[]> {
  const sales = await selectRows(
    tx,
    Sale,
    sql`
      SELECT c.id AS "cdkId", sold.at AS "soldAt", told."seenAt", told."exportedAt"
      FROM cdk c
      JOIN "order" o ON o.id = c."orderId" JOIN checkout buyer ON buyer.id = o."checkoutId"
      JOIN stock_batch b ON b.id = c."batchId"
      LEFT JOIN LATERAL (
        SELECT min(twin."deliveredAt") AS at
        FROM cdk twin JOIN stock_batch tb ON tb.id = twin."batchId"
        JOIN "order" other ON other.id = twin."orderId" JOIN checkout "before" ON "before".id = other."checkoutId"
        WHERE twin.fingerprint = c.fingerprint AND twin."merchantId" <> c."merchantId" AND b.seats = 1 AND tb.seats = 1
          AND twin."deliveredAt" < c."deliveredAt"
          AND COALESCE("before"."buyerId"::text, lower(trim("before".email))) <> COALESCE(buyer."buyerId"::text, lower(trim(buyer.email)))
      ) sold ON TRUE
      LEFT JOIN LATERAL (
        SELECT min(e.at) FILTER (WHERE e.type = 'revealed' AND e.details->>'orderId' <> ${order.id}) AS "seenAt",
               min(e.at) FILTER (WHERE e.type = 'exported') AS "exportedAt"
        FROM cdk_event e WHERE e."cdkId" = c.id AND e.at < c."deliveredAt"
      ) told ON TRUE
      WHERE c."merchantId" = ${order.merchantId}::uuid AND c."orderId" = ${order.id}::uuid AND c.id = ANY (${[...cdkIds]}::uuid[])
      ORDER BY c.id`,
  )
  return sales.flatMap(({ cdkId, soldAt, seenAt, exportedAt }): RecordFact[] => {
    if (soldAt) return [{ record: 'SOLD_BEFORE', cdkId, at: soldAt.toISOString() }]
    if (seenAt) return [{ record: 'SEEN_BEFORE', cdkId, at: seenAt.toISOString() }]
    return exportedAt ? [{ record: 'EXPORTED_BEFORE', cdkId, at: exportedAt.toISOString() }] : []
  })
}
