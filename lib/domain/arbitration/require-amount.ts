import type { LockedCase } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type Verdict, priceOf } from './verdict'

/**
 * A compensation is at most what its CDKs cost that were not refunded, or what is left of a charge; `paidMinor` was paid by an earlier
 * ruling and may stand. Refuses `complaint/amount` with `mostMinor`.
 */
export async function requireAmount(
  tx: Tx,
  locked: LockedCase,
  { units, compensationMinor }: Pick<Verdict, 'units' | 'compensationMinor'>,
  paidMinor: Minor,
): Promise<void> {
  if (compensationMinor <= paidMinor) return
  const mostMinor = await mostOf(tx, locked, units, paidMinor)
  if (compensationMinor > mostMinor) throw new Refusal('complaint/amount', { mostMinor })
}

async function mostOf(tx: Tx, locked: LockedCase, units: Verdict['units'], paidMinor: Minor): Promise<Minor> {
  const { order } = locked
  if (locked.units.length === 0) return order ? order.totalMinor - order.refundedMinor + paidMinor : paidMinor
  const held = await heldIds(
    tx,
    locked,
    units.map(({ cdkId }) => cdkId),
  )
  const stillHeld = units.filter(({ cdkId }) => held.includes(cdkId))
  return Math.max(paidMinor, priceOf(locked.units, stillHeld, 'COMPENSATED'))
}

/** Of these CDKs those that the buyer still has: not refunded and not replaced. */
export async function heldIds(
  tx: Tx,
  { merchantId, orderId }: Pick<LockedCase, 'merchantId' | 'orderId'>,
  cdkIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.cdk.findMany({
    where: { merchantId, orderId, state: 'DELIVERED', id: { in: [...cdkIds] } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
