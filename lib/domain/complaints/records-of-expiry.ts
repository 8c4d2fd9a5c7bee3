import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import type { RecordFact, RecordsAsked } from './records'

const Expiry = z.object({
  cdkId: z.string(),
  expiresAt: z.date(),
  deliveredAt: z.date(),
  promisedDays: z.number(),
})

/** CDKs that had ended when they were delivered, or were to end before the validity that the buyer was promised. */
export async function recordsOfExpiry(tx: Tx, { order, cdkIds }: RecordsAsked): Promise<readonly RecordFact[]> {
  const expiries = await selectRows(
    tx,
    Expiry,
    sql`
      SELECT c.id AS "cdkId", c."expiresAt", c."deliveredAt", COALESCE((o.snapshot->>'validityDays')::int, 0) AS "promisedDays"
      FROM cdk c JOIN "order" o ON o.id = c."orderId"
      WHERE c."merchantId" = ${order.merchantId}::uuid AND c."orderId" = ${order.id}::uuid AND c.id = ANY (${[...cdkIds]}::uuid[])
        AND c."expiresAt" IS NOT NULL AND c."deliveredAt" IS NOT NULL
      ORDER BY c.id`,
  )
  return expiries.flatMap(({ cdkId, expiresAt, deliveredAt, promisedDays }): RecordFact[] =>
    expiresAt <= after(deliveredAt, promisedDays * DAY_MS)
      ? [
          {
            record: 'EXPIRED',
            cdkId,
            at: expiresAt.toISOString(),
            deliveredAt: deliveredAt.toISOString(),
            promisedDays,
          },
        ]
      : [],
  )
}
