import type { AfterSaleRules } from '@/lib/domain/catalog'
import type { PaidOrder } from '@/lib/domain/orders'
import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { DAY_MS, after } from '@/lib/kernel/time'
import type { Failure } from './failure-standard'
import { claimableSince, claimableUntil } from './claimable-until'

/** Complaints of one buyer that may be open at a time, and be opened within a day. */
export const MOST_OPEN_COMPLAINTS = 20
export const MOST_COMPLAINTS_A_DAY = 30

/**
 * Whether this buyer may complain about this order now. Racing openings of one buyer come one after the other (transaction-scoped
 * advisory lock). Refuses `complaint/too-late` after the time for claims (of a CDK that was handed over after the release, from then on), `complaint/too-many-open`, `complaint/too-many-today`. Says whether
 * the buyer's rights are limited.
 */
export async function requireMayComplain(
  tx: Tx,
  {
    buyerKey,
    failure,
    cdkIds,
  }: { readonly buyerKey: string; readonly failure: Failure; readonly cdkIds: readonly string[] },
  order: PaidOrder,
  rules: AfterSaleRules,
  now: Date,
): Promise<{ readonly limited: boolean }> {
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`complaints:${buyerKey}`}, 0))`)
  if (order.status === 'CONFIRMED') {
    const { closedAt } = await tx.order.findUniqueOrThrow({ where: { id: order.id }, select: { closedAt: true } })
    const { _min: first } = await tx.cdk.aggregate({
      where: { merchantId: order.merchantId, orderId: order.id, id: { in: [...cdkIds] } },
      _min: { deliveredAt: true },
    })
    const since = closedAt && claimableSince(closedAt, first.deliveredAt)
    if (since && claimableUntil(since, failure, rules) <= now) throw new Refusal('complaint/too-late')
  }
  const open = await tx.complaint.count({ where: { buyerKey, state: { not: 'CLOSED' } } })
  if (open >= MOST_OPEN_COMPLAINTS) throw new Refusal('complaint/too-many-open', { most: MOST_OPEN_COMPLAINTS })
  const today = await tx.complaint.count({ where: { buyerKey, openedAt: { gt: after(now, -DAY_MS) } } })
  if (today >= MOST_COMPLAINTS_A_DAY) throw new Refusal('complaint/too-many-today', { most: MOST_COMPLAINTS_A_DAY })
  const limited = await tx.buyerLimit.count({
    where: { buyerKey, state: 'IN_FORCE', OR: [{ until: null }, { until: { gt: now } }] },
  })
  return { limited: limited > 0 }
}
