import { payPosting, postTransfers, strayPostings } from '@/lib/domain/ledger'
import { openRefund, type ProviderCapture } from '@/lib/domain/payments'
import { claimCdks, deliverReservedCdks, releaseReservedCdks } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { PaymentUse } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import { CURRENCIES, type Currency } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { SYSTEM } from './actor'
import { type MovedOrder, moveOrder } from './move-order'

/** What became of a capture. */
export type PaymentOutcome = 'delivered' | 'known' | 'duplicate' | 'stray'

const Payable = z.object({
  provider: z.string(),
  checkoutTotalMinor: z.number(),
  checkoutCurrency: z.enum(CURRENCIES),
  paidPaymentId: z.string().nullable(),
  orderId: z.string(),
  merchantId: z.string(),
  variantId: z.string(),
  quantity: z.number(),
  status: z.string(),
  merchantSells: z.boolean(),
})
type Payable = z.infer<typeof Payable>

/**
 * Records one capture of a checkout, once, and delivers in the same transaction, so that "paid but not delivered" is no
 * state: capture -> escrow, reserved CDKs -> buyer, inspection clock starts. An expired order claims CDKs anew. Money
 * that no order can take (second capture, cancelled, sold out meanwhile) is refunded in full by itself.
 *
 * The checkout's row is taken first: captures of one checkout, also the same callback twice at once, come one after the
 * other. Refuses `payment/unknown` and, without changing anything, `payment/mismatch` when amount or currency are not
 * exactly the checkout's.
 */
export async function recordPayment(
  tx: Tx,
  checkoutId: string,
  capture: ProviderCapture,
  now: Date,
): Promise<PaymentOutcome> {
  const payable = await lockCheckout(tx, checkoutId)
  if (capture.amountMinor !== payable.checkoutTotalMinor || capture.currency !== payable.checkoutCurrency) {
    throw new Refusal('payment/mismatch')
  }
  // A statement of its own, after the lock: inside the locking statement it would see what was there before the wait.
  if (await isRecorded(tx, payable.provider, capture.captureRef)) return 'known'
  const paymentId = newId()
  const { paidPaymentId, checkoutCurrency: currency } = payable
  const order = paidPaymentId === null ? await claimOrder(tx, payable, now) : null
  if (!order) {
    const use = paidPaymentId === null ? 'STRAY' : 'DUPLICATE'
    await insertPayment(tx, paymentId, checkoutId, capture, use, now)
    await sendBack(tx, payable, { id: paymentId, amountMinor: capture.amountMinor, currency }, use, now)
    return use === 'DUPLICATE' ? 'duplicate' : 'stray'
  }
  await insertPayment(tx, paymentId, checkoutId, capture, 'APPLIED', now)
  await postTransfers(tx, [payPosting(order, payable.provider)], now)
  return 'delivered'
}

/** The checkout with its order, both locked in this sequence. A checkout holds one order in this version. */
async function lockCheckout(tx: Tx, checkoutId: string): Promise<Payable> {
  const rows = await selectRows(
    tx,
    Payable,
    sql`
      SELECT c.provider, c."totalMinor" AS "checkoutTotalMinor", c.currency AS "checkoutCurrency", c."paidPaymentId",
             o.id AS "orderId", o."merchantId", o."variantId", o.quantity, o.status::text AS status, m.status = 'ACTIVE' AS "merchantSells"
      FROM checkout c JOIN "order" o ON o."checkoutId" = c.id JOIN merchant m ON m.id = o."merchantId"
      WHERE c.id = ${checkoutId}::uuid FOR UPDATE OF c, o`,
  )
  const [payable] = rows
  if (!payable) throw new Refusal('payment/unknown')
  invariant(rows.length === 1, `checkout ${checkoutId} holds ${rows.length} orders`)
  return payable
}

async function isRecorded(tx: Tx, provider: string, captureRef: string): Promise<boolean> {
  const known = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`SELECT id FROM payment WHERE provider = ${provider} AND "captureRef" = ${captureRef}`,
  )
  return known.length > 0
}

/** The capture as a fact and, when it pays, the checkout's pointer to it, in one statement. */
async function insertPayment(
  tx: Tx,
  id: string,
  checkoutId: string,
  capture: ProviderCapture,
  use: PaymentUse,
  now: Date,
): Promise<void> {
  await tx.$executeRaw(sql`
    WITH made AS (
      INSERT INTO payment (id, "checkoutId", provider, "captureRef", "amountMinor", currency, use, "capturedAt", "recordedAt")
      SELECT ${id}::uuid, c.id, c.provider, ${capture.captureRef}, ${capture.amountMinor}, c.currency, ${use}::"PaymentUse",
             ${capture.capturedAt}, ${now}
      FROM checkout c WHERE c.id = ${checkoutId}::uuid
      RETURNING id, "checkoutId"
    )
    UPDATE checkout c SET "paidPaymentId" = made.id FROM made WHERE c.id = made."checkoutId" AND ${use} = 'APPLIED'`)
}

/** Delivers the order if it can be; null when the money has to go back. */
async function claimOrder(tx: Tx, payable: Payable, now: Date): Promise<MovedOrder | null> {
  const { orderId, merchantId, variantId, quantity, status } = payable
  const late = status === 'EXPIRED'
  // What a suspended merchant promised in time is kept; nothing new is taken from him.
  if (late && !payable.merchantSells) return null
  if (!late && status !== 'AWAITING_PAYMENT') return null
  if (late) {
    const found = await claimCdks(tx, { merchantId, variantId, orderId, quantity })
    if (found < quantity) {
      await releaseReservedCdks(tx, merchantId, orderId)
      return null
    }
  }
  const order = await moveOrder(tx, {
    name: late ? 'deliver-late' : 'deliver',
    orderId,
    actor: SYSTEM,
    now,
    set: [
      sql`"paidAt" = ${now}`,
      sql`"deliveredAt" = ${now}`,
      sql`"closedAt" = NULL`,
      sql`"dueAt" = ${now}::timestamptz + make_interval(hours => (snapshot->'rules'->>'inspectionHours')::int)`,
    ],
  })
  invariant(order, `order ${orderId} was locked as ${status} and moved away`)
  const delivered = await deliverReservedCdks(tx, merchantId, orderId, now)
  invariant(delivered === quantity, `order ${orderId} owes ${quantity}, held ${delivered}`)
  return order
}

async function sendBack(
  tx: Tx,
  payable: Payable,
  payment: { readonly id: string; readonly amountMinor: number; readonly currency: Currency },
  use: 'STRAY' | 'DUPLICATE',
  now: Date,
): Promise<void> {
  const { orderId, merchantId, provider } = payable
  const reason = use === 'DUPLICATE' ? 'duplicate-payment' : 'late-payment'
  const { id: paymentId, amountMinor, currency } = payment
  const refundId = await openRefund(
    tx,
    { paymentId, order: { id: orderId, merchantId }, amountMinor, currency, reason },
    now,
  )
  await postTransfers(tx, strayPostings({ id: paymentId, refundId, provider, amountMinor, currency }), now)
  await tx.orderEvent.create({
    data: {
      id: newId(),
      merchantId,
      orderId,
      type: reason,
      at: now,
      actorKind: 'SYSTEM',
      actorId: null,
      data: { amountMinor, refundId },
    },
  })
}
