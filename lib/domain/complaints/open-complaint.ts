import type { Actor } from '@/lib/domain/actor'
import { holdOrder, lockPaidOrder, priceOfCdks, rulesOfOrder, type PaidOrder } from '@/lib/domain/orders'
import { changeCdks } from '@/lib/domain/stock'
import { type Tx, sql } from '@/lib/domain/tx'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { appendEntry } from './append-entry'
import { FAILURE_STANDARD, type Failure, type Remedy } from './failure-standard'
import { requireMayComplain } from './require-may-complain'

/** How often complaints about one CDK may be withdrawn: each keeps the merchant's money while it runs. */
export const MOST_WITHDRAWN = 2

export interface OpenComplaintInput {
  readonly orderId: string
  /** The account; null for a guest. */
  readonly buyerId: string | null
  /** From `buyerKeyOf`: by whom complaints are counted. */
  readonly buyerKey: string
  readonly failure: Failure
  /** Of the order; empty for what is wrong with the charge (DUPLICATE_CHARGE, OVERCHARGED). */
  readonly cdkIds: readonly string[]
  readonly demand: Remedy
  /** With COMPENSATION only. */
  readonly demandMinor: Minor | null
  /** What happened, in the buyer's words; never a code. */
  readonly statement: string
}

export interface OpenedComplaint {
  readonly complaintId: string
  readonly number: string
}

/**
 * Opens a complaint about CDKs of one order: its release is held and the inspection clock stands still from this moment, the merchant has
 * `merchantReplyHours` for a first reply. The order's row is taken first: a confirmation at the same moment comes before (then it is a
 * claim after release) or is refused. Refuses `access/not-found`, what `requireMayComplain` refuses, `complaint/cdks` (none, or not of this order),
 * `complaint/known` (a CDK is in an open or decided complaint, or was in MOST_WITHDRAWN that were taken back), `complaint/amount`, `order/not-delivered`, `order/frozen`.
 */
export async function openComplaint(
  tx: Tx,
  input: OpenComplaintInput,
  actor: Actor,
  now: Date,
): Promise<OpenedComplaint> {
  const order = await lockPaidOrder(tx, input.orderId).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal('order/not-delivered') : error
  })
  const rules = await rulesOfOrder(tx, order.id)
  const { limited } = await requireMayComplain(tx, input, order, rules, now)
  const cdkIds = await requireUnits(tx, order, input)
  const unitMinor = cdkIds.length === 0 ? 0 : Math.floor(priceOfCdks(order, cdkIds.length) / cdkIds.length)
  const stakeMinor = requireStake(order, input, cdkIds.length)
  const complaintId = newId()
  const number = `KC${now.toISOString().slice(2, 10).replaceAll('-', '')}-${randomSymbols(8)}`
  const { buyerId, buyerKey, failure, demand, demandMinor, statement } = input
  await tx.complaint.create({
    data: {
      id: complaintId,
      merchantId: order.merchantId,
      orderId: order.id,
      number,
      buyerId,
      buyerKey,
      failure,
      demand,
      demandMinor,
      stakeMinor,
      currency: order.currency,
      state: 'OPEN',
      limited,
      dueAt: after(now, rules.merchantReplyHours * HOUR_MS),
      escalateAt: after(now, rules.escalationHours * HOUR_MS),
      openedAt: now,
      afterRelease: order.status === 'CONFIRMED',
      entrySeq: 0,
      entryHash: Buffer.alloc(32),
    },
  })
  const { merchantId } = order
  await tx.complaintUnit.createMany({
    data: cdkIds.map((cdkId) => ({ complaintId, cdkId, merchantId, priceMinor: unitMinor })),
  })
  await holdOrder(tx, order.id, { complaintId }, actor, now)
  const body = { failure, demand, demandMinor, statement, cdkIds, number }
  await appendEntry(tx, complaintId, { type: 'opened', actor, body }, now)
  if (cdkIds.length > 0) {
    const details = { orderId: order.id, complaintId, failure }
    await changeCdks(
      tx,
      { where: sql`c."merchantId" = ${order.merchantId}::uuid AND c.id = ANY (${[...cdkIds]}::uuid[])` },
      { type: 'complained', actor, scopeId: order.id, details, now },
    )
  }
  await tx.complaintDraft.deleteMany({ where: { orderId: order.id } })
  return { complaintId, number }
}

async function requireUnits(tx: Tx, order: PaidOrder, { failure, cdkIds }: OpenComplaintInput): Promise<string[]> {
  const wanted = [...new Set(cdkIds)]
  if (FAILURE_STANDARD[failure].about === 'CHARGE') {
    if (wanted.length > 0) throw new Refusal('complaint/cdks')
    const open = await tx.complaint.count({ where: { orderId: order.id, failure } })
    if (open > 0) throw new Refusal('complaint/known')
    return []
  }
  const held = await tx.cdk.count({
    where: { merchantId: order.merchantId, orderId: order.id, state: 'DELIVERED', id: { in: wanted } },
  })
  if (wanted.length === 0 || held < wanted.length) throw new Refusal('complaint/cdks')
  const known = await tx.complaintUnit.count({
    where: {
      cdkId: { in: wanted },
      OR: [{ open: true }, { complaint: { outcome: { not: 'WITHDRAWN' } } }],
    },
  })
  const withdrawn = await tx.complaintUnit.groupBy({
    by: ['cdkId'],
    where: { cdkId: { in: wanted }, complaint: { outcome: 'WITHDRAWN' } },
    having: { cdkId: { _count: { gte: MOST_WITHDRAWN } } },
  })
  if (known > 0 || withdrawn.length > 0) throw new Refusal('complaint/known')
  return wanted
}

function requireStake(order: PaidOrder, { demand, demandMinor }: OpenComplaintInput, count: number): Minor {
  const leftMinor = order.totalMinor - order.refundedMinor
  const mostMinor = count === 0 ? leftMinor : priceOfCdks(order, count)
  if (demand !== 'COMPENSATION') {
    if (demandMinor !== null) throw new Refusal('complaint/amount', { mostMinor })
    return mostMinor
  }
  if (demandMinor === null || demandMinor < 1 || demandMinor > mostMinor) {
    throw new Refusal('complaint/amount', { mostMinor })
  }
  return demandMinor
}
