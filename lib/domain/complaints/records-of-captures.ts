import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { RecordFact, RecordsAsked } from './records'

const Capture = z.object({
  amountMinor: z.number(),
  at: z.date(),
  reference: z.string(),
  status: z.string().nullable(),
  settledAt: z.date().nullable(),
  refundReference: z.string().nullable(),
})

/**
 * Second captures of the order's checkout. They were sent back when they came (`recordPayment`): the ruling shows how, it pays nothing. One
 * whose refund the provider gave up on decides nothing: people look.
 */
export async function recordsOfCaptures(tx: Tx, { order }: RecordsAsked): Promise<readonly RecordFact[]> {
  const captures = await selectRows(
    tx,
    Capture,
    sql`
      SELECT p."amountMinor", p."capturedAt" AS at, p."captureRef" AS reference, r.status::text AS status, r."settledAt",
             r."providerRef" AS "refundReference"
      FROM payment p JOIN "order" o ON o."checkoutId" = p."checkoutId"
      LEFT JOIN LATERAL (
        SELECT status, "settledAt", "providerRef" FROM refund WHERE "paymentId" = p.id ORDER BY "createdAt" DESC, id DESC LIMIT 1
      ) r ON TRUE
      WHERE o.id = ${order.id}::uuid AND p.use = 'DUPLICATE' ORDER BY p."capturedAt", p.id`,
  )
  if (captures.some(({ status }) => status === null || status === 'FAILED')) return []
  return captures.map(({ amountMinor, at, reference, status, settledAt, refundReference }) => ({
    record: 'TWO_CAPTURES',
    cdkId: null,
    at: at.toISOString(),
    amountMinor,
    reference,
    refund: { status: status ?? '', settledAt: settledAt?.toISOString() ?? null, reference: refundReference },
  }))
}
