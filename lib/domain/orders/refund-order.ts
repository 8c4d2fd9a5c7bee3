import { type OrderMoney, type Share, refundInTransit, refundedByProvider, walletOf } from '@/lib/domain/ledger'
import { notifyBuyer } from '@/lib/domain/notifications'
import { openRefund, recordWalletRefund } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from '@/lib/domain/actor'
import { type Cause, closeRefunded } from './close-refunded'
import { giveBack } from './give-back'
import { type PaidOrder, lockPaidOrder } from './lock-order'
import { type RefundWanted, type RefundedPart, partToRefund } from './part-to-refund'

export interface RefundInput {
  readonly orderId: string
  readonly wanted: RefundWanted
  readonly reason: string
  readonly note?: string | null
  /** What had gone back when it was decided: a second submit of one form is refused, not paid twice. */
  readonly refundedBeforeMinor?: Minor | undefined
}

/**
 * Gives the buyer money of a paid order back, in full, in part or per CDK, before or after release; no fee is kept. It
 * goes back the way it came: to the capture up to what the provider paid, the rest to the wallet (there at once). The
 * provider is asked afterwards, outside the transaction (`settleRefund`). The order's row is locked first: racing with a
 * release the money comes out of escrow or out of the merchant's balance, racing refunds see each other's amounts, and a
 * CDK is refunded once. Refuses `order/not-refundable`, `order/frozen`, `delivery/decline-instead`, `refund/changed`, `refund/nothing-left`,
 * `refund/too-much`, `refund/cdk-refunded`. Returns the decision's id.
 */
export async function refundOrder(tx: Tx, input: RefundInput, actor: Actor, now: Date): Promise<string> {
  const order = await lockPaidOrder(tx, input.orderId)
  if (order.frozen) throw new Refusal('order/frozen')
  // He declines, which may cost him a penalty.
  if (order.status === 'AWAITING_DELIVERY' && actor.kind === 'MERCHANT') throw new Refusal('delivery/decline-instead')
  const { refundedBeforeMinor = order.refundedMinor } = input
  if (refundedBeforeMinor !== order.refundedMinor) throw new Refusal('refund/changed')
  const part = await partToRefund(tx, order, input.wanted)
  return refundLocked(tx, order, part, { ...input, name: 'refund' }, actor, now)
}

export interface RefundCause extends Pick<RefundInput, 'reason' | 'note'> {
  readonly name: Cause['name']
  /** More for the order's event. */
  readonly data?: Cause['data']
  /** Found bad: none of its CDKs returns to stock, seen or not. */
  readonly bad?: boolean
}

/** Sends part of a locked order back, whatever the cause; see `refundOrder`. Returns the decision's id. */
export async function refundLocked(
  tx: Tx,
  order: PaidOrder,
  part: RefundedPart,
  { name, reason, note = null, data = {}, bad = false }: RefundCause,
  actor: Actor,
  now: Date,
): Promise<string> {
  const id = newId()
  const sinks = sinksOf(order, part.amountMinor)
  const borne = await giveBack(
    tx,
    { order, released: order.status === 'CONFIRMED', sinks, key: `refund:${id}`, code: 'refund' },
    now,
  )
  await recordDecision(tx, { id, order, part, reason, note, actor, ...borne }, now)
  await openLegs(tx, order, part.amountMinor, { orderRefundId: id, reason }, now)
  await closeRefunded(tx, order, part, { name, actor, bad, data: { ...data, reason, orderRefundId: id } }, now)
  const whole = order.refundedMinor + part.amountMinor === order.totalMinor
  const told = { number: order.number, amountMinor: part.amountMinor, currency: order.currency, whole }
  await notifyBuyer(tx, { orderId: order.id }, { kind: 'order-refunded', dedupeKey: id, data: told }, now)
  return id
}

/** Provider money first, up to what it paid; the rest to the wallet. */
function legsOf(order: OrderMoney, amountMinor: Minor): { readonly providerMinor: Minor; readonly walletMinor: Minor } {
  const then = order.refundedMinor + amountMinor
  const providerMinor = refundedByProvider(order, then) - refundedByProvider(order, order.refundedMinor)
  return { providerMinor, walletMinor: amountMinor - providerMinor }
}

function sinksOf(order: PaidOrder, amountMinor: Minor): Share[] {
  const { providerMinor, walletMinor } = legsOf(order, amountMinor)
  const sinks = [{ account: refundInTransit(order.provider, order.currency), amountMinor: providerMinor }]
  if (walletMinor > 0) {
    invariant(order.buyerId, `order ${order.id} took money of a wallet that is nobody's`)
    sinks.push({ account: walletOf(order.buyerId, order.currency), amountMinor: walletMinor })
  }
  return sinks
}

async function openLegs(
  tx: Tx,
  order: PaidOrder,
  amountMinor: Minor,
  { orderRefundId, reason }: { readonly orderRefundId: string; readonly reason: string },
  now: Date,
): Promise<void> {
  const { providerMinor, walletMinor } = legsOf(order, amountMinor)
  const of = { order: { id: order.id, merchantId: order.merchantId, orderRefundId }, currency: order.currency, reason }
  if (providerMinor > 0) await openRefund(tx, order.paymentId, { ...of, amountMinor: providerMinor }, now)
  if (walletMinor > 0 && order.buyerId !== null) {
    await recordWalletRefund(tx, order.buyerId, { ...of, amountMinor: walletMinor }, now)
  }
}

async function recordDecision(
  tx: Tx,
  {
    order,
    part,
    actor,
    ...facts
  }: Awaited<ReturnType<typeof giveBack>> & {
    readonly id: string
    readonly order: PaidOrder
    readonly part: RefundedPart
    readonly reason: string
    readonly note: string | null
    readonly actor: Actor
  },
  now: Date,
): Promise<void> {
  const { id: orderId, merchantId, currency } = order
  const { amountMinor } = part
  await tx.orderRefund.create({
    data: {
      ...facts,
      orderId,
      merchantId,
      currency,
      amountMinor,
      actorKind: actor.kind,
      actorId: actor.id,
      createdAt: now,
    },
  })
  if (part.cdkIds.length === 0) return
  await tx.refundUnit.createMany({
    data: part.cdkIds.map((cdkId) => ({ orderId, cdkId, merchantId, orderRefundId: facts.id })),
  })
}
