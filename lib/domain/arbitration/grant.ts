import type { Actor } from '@/lib/domain/actor'
import { type LockedCase, carryOut } from '@/lib/domain/complaints'
import { netLeft } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { type Minor, portionOf } from '@/lib/kernel/money'
import { heldIds } from './require-amount'
import type { Verdict } from './verdict'

/** What came of a verdict, as its row keeps it. */
export interface Granted {
  /** `amountMinor`: what the buyer got for it, 0 for COMPENSATED. */
  readonly units: readonly { readonly cdkId: string; readonly result: UnitResult; readonly amountMinor: Minor }[]
  readonly compensationMinor: Minor
  /** What it cost the merchant, net of the platform's fee; a replacement at the net price of a piece. */
  readonly borneMinor: Minor
}

/** Carries a verdict out (`carryOut`), drawing on whatever is there, and says what each CDK came to. Take penalties before. */
export async function grant(
  tx: Tx,
  locked: LockedCase,
  { units, compensationMinor: wantedMinor }: Pick<Verdict, 'units' | 'compensationMinor'>,
  actor: Actor,
  now: Date,
): Promise<Granted> {
  const { id: complaintId, order } = locked
  const cdkIds = units.map(({ cdkId }) => cdkId)
  const held = await heldIds(tx, locked, cdkIds)
  const decision = { units, compensationMinor: wantedMinor }
  const how = { actor, reason: 'complaint-ruling', orRefund: true, ownMoneyOnly: false }
  const { refundedMinor, compensationMinor, replaced } = await carryOut(tx, locked, { ...how, decision }, now)
  const came = await tx.complaintUnit.findMany({
    where: { complaintId, cdkId: { in: cdkIds } },
    orderBy: { cdkId: 'asc' },
  })
  const refunded = came.filter(({ cdkId, result }) => result === 'REFUNDED' && held.includes(cdkId))
  const amountOf = (unit: (typeof came)[number]): Minor => {
    if (unit.result === 'REPLACED') return unit.priceMinor
    const at = refunded.indexOf(unit)
    // Whole minor units that add up to it exactly.
    return at < 0
      ? 0
      : portionOf(refundedMinor, at + 1, refunded.length) - portionOf(refundedMinor, at, refunded.length)
  }
  const then = order ? order.refundedMinor + refundedMinor + compensationMinor : 0
  const ofMoney = order ? netLeft(order, order.refundedMinor) - netLeft(order, then) : 0
  const ofStock = order ? replaced * portionOf(netLeft(order, 0), 1, order.quantity) : 0
  return {
    units: came.map((unit) => ({
      cdkId: unit.cdkId,
      result: unit.result ?? 'REJECTED',
      amountMinor: amountOf(unit),
    })),
    compensationMinor,
    borneMinor: ofMoney + ofStock,
  }
}
