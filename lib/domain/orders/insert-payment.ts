import { buyerNote } from '@/lib/domain/notifications'
import type { ProviderCapture } from '@/lib/domain/payments'
import { type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import type { PaymentUse } from '@/lib/infra/prisma/enums'
import { z } from 'zod'

export interface NewPayment {
  readonly id: string
  readonly checkoutId: string
  readonly provider: string
  readonly use: PaymentUse
  /** Numbers of the orders that it delivers: their buyer is told. */
  readonly delivers?: readonly string[]
}

/** A capture as a fact and, when it pays, the checkout's pointer to it and the word to the buyer, in one statement. */
export async function insertPayment(
  tx: Tx,
  { id, checkoutId, provider, use, delivers = [] }: NewPayment,
  capture: ProviderCapture,
  now: Date,
): Promise<void> {
  const note = { kind: 'order-delivered', dedupeKey: checkoutId, data: { numbers: [...delivers] } } as const
  const told = delivers.length > 0 ? sql`, told AS (${buyerNote({ checkoutId }, note, now)})` : empty
  await tx.$executeRaw(sql`
    WITH made AS (
      INSERT INTO payment (id, "checkoutId", provider, "captureRef", "amountMinor", currency, use, "capturedAt", "recordedAt")
      VALUES (${id}::uuid, ${checkoutId}::uuid, ${provider}, ${capture.captureRef}, ${capture.amountMinor}, ${capture.currency},
              ${use}::"PaymentUse", ${capture.capturedAt}, ${now})
      RETURNING id, "checkoutId"
    )${told}
    UPDATE checkout c SET "paidPaymentId" = made.id FROM made WHERE c.id = made."checkoutId" AND ${use} = 'APPLIED'`)
}

/** Whether a capture stands in our books already. */
export async function isRecorded(tx: Tx, provider: string, captureRef: string): Promise<boolean> {
  const known = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`SELECT id FROM payment WHERE provider = ${provider} AND "captureRef" = ${captureRef}`,
  )
  return known.length > 0
}
