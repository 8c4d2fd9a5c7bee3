import type { Actor } from '@/lib/domain/actor'
import { type PaidOrder, lockPaidOrder, partToRefund, refundLocked, replaceCdks } from '@/lib/domain/orders'
import { changeCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'
import type { Minor } from '@/lib/kernel/money'
import { appendEntry } from './append-entry'
import type { LockedCase } from './lock-case'

/** What is decided: per CDK, and an amount for the case as a whole. */
export interface Decision {
  readonly units: readonly { readonly cdkId: string; readonly result: UnitResult }[]
  /** Paid once, for the units that are COMPENSATED or for a charge that was wrong; 0 for none. */
  readonly compensationMinor: Minor
}

export interface CarryOut {
  readonly decision: Decision
  /** Who decided: the refund and the log name him. A buyer decides nothing: his yes to an offer is carried out as SYSTEM. */
  readonly actor: Actor
  /** On the refund and in the log: `complaint-accepted`, `complaint-silence`, `complaint-records`, `complaint-ruling`, `complaint-offer`, `complaint-timeout`. */
  readonly reason: string
  /** Refund where stock has no replacement, instead of refusing `complaint/no-stock`. */
  readonly orRefund: boolean
  /** Refuse `refund/beyond-own-money` instead of drawing on the protection fund. */
  readonly ownMoneyOnly: boolean
}

/** What it came to. */
export interface Remedied {
  readonly refundedMinor: Minor
  readonly compensationMinor: Minor
  readonly replaced: number
}

/**
 * Carries a decision out with the same money and stock verbs as any refund or delivery, in the transaction of its record: replacements,
 * refunds, compensation; the units, the log of each CDK and the case tell what came of it. CDKs that were refunded before count as
 * refunded and cost nothing again. Take penalties before (`takePenalty`). Refuses `order/frozen` during a dispute with the provider,
 * `complaint/no-stock`, `refund/beyond-own-money`.
 */
export async function carryOut(
  tx: Tx,
  locked: LockedCase,
  { decision, actor, reason, orRefund, ownMoneyOnly }: CarryOut,
  now: Date,
): Promise<Remedied> {
  const { id: complaintId, orderId, merchantId } = locked
  if (locked.order?.frozen) throw new Refusal('order/frozen')
  const asked = (result: UnitResult) =>
    decision.units.filter((unit) => unit.result === result).map(({ cdkId }) => cdkId)
  for (const { cdkId, result } of decision.units) {
    await changeCdks(
      tx,
      { where: sql`c."merchantId" = ${merchantId}::uuid AND c.id = ${cdkId}::uuid AND c."orderId" = ${orderId}::uuid` },
      { type: 'ruled', actor, scopeId: orderId, details: { orderId, complaintId, result, reason }, now },
    )
  }
  const wanted = asked('REPLACED')
  const replaced = locked.order ? await replaceCdks(tx, locked.order, wanted, actor, now) : []
  const short = wanted.filter((id) => !replaced.some(({ cdkId }) => cdkId === id))
  if (short.length > 0 && !orRefund && (await heldOf(tx, locked, short)).length > 0) {
    throw new Refusal('complaint/no-stock', { stock: replaced.length })
  }
  const back = [...asked('REFUNDED'), ...short]
  const refundIds: string[] = []
  const refundedMinor = await refundUnits(tx, locked, back, { actor, reason }, now, refundIds)
  const compensationMinor = await compensate(tx, locked, decision.compensationMinor, { actor, reason }, now, refundIds)
  if (ownMoneyOnly) await requireOwnMoney(tx, refundIds)
  for (const { cdkId, result } of decision.units) {
    const by = replaced.find((one) => one.cdkId === cdkId)?.by
    const came: UnitResult = result === 'REPLACED' && by === undefined ? 'REFUNDED' : result
    await tx.complaintUnit.update({
      where: { complaintId_cdkId: { complaintId, cdkId } },
      data: { result: came, replacementId: by ?? null },
    })
  }
  const body = { refundedMinor, compensationMinor, replaced: replaced.map((one) => ({ ...one })), reason }
  await appendEntry(tx, complaintId, { type: 'remedied', actor, body }, now)
  return { refundedMinor, compensationMinor, replaced: replaced.length }
}

interface Why {
  readonly actor: Actor
  readonly reason: string
}

async function refundUnits(
  tx: Tx,
  locked: LockedCase,
  cdkIds: readonly string[],
  { actor, reason }: Why,
  now: Date,
  refundIds: string[],
): Promise<Minor> {
  const held = await heldOf(tx, locked, cdkIds)
  if (!locked.order || held.length === 0) return 0
  const part = await partToRefund(tx, locked.order, { cdkIds: held })
  refundIds.push(await refundLocked(tx, locked.order, part, { name: 'refund', reason, bad: true }, actor, now))
  return part.amountMinor
}

async function compensate(
  tx: Tx,
  { orderId }: LockedCase,
  wantedMinor: Minor,
  { actor, reason }: Why,
  now: Date,
  refundIds: string[],
): Promise<Minor> {
  if (wantedMinor === 0) return 0
  const order = await stillPaid(tx, orderId)
  const amountMinor = order ? Math.min(wantedMinor, order.totalMinor - order.refundedMinor) : 0
  if (!order || amountMinor === 0) return 0
  const part = await partToRefund(tx, order, { amountMinor })
  refundIds.push(await refundLocked(tx, order, part, { name: 'refund', reason, bad: true }, actor, now))
  return amountMinor
}

async function stillPaid(tx: Tx, orderId: string): Promise<PaidOrder | null> {
  const paid = await tx.order.count({
    where: { id: orderId, status: { in: ['DELIVERED', 'CONFIRMED', 'AWAITING_DELIVERY'] } },
  })
  return paid === 0 ? null : lockPaidOrder(tx, orderId)
}

async function heldOf(tx: Tx, { orderId, merchantId }: LockedCase, cdkIds: readonly string[]): Promise<string[]> {
  const rows = await tx.cdk.findMany({
    where: { merchantId, orderId, state: 'DELIVERED', id: { in: [...cdkIds] } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Known only now that the balances are locked; the refusal takes everything back. */
async function requireOwnMoney(tx: Tx, refundIds: readonly string[]): Promise<void> {
  const refunds = await tx.orderRefund.findMany({
    where: { id: { in: [...refundIds] } },
    select: { fromFundMinor: true },
  })
  const lackMinor = refunds.reduce((sum, { fromFundMinor }) => sum + fromFundMinor, 0)
  if (lackMinor > 0) throw new Refusal('refund/beyond-own-money', { lackMinor })
}
