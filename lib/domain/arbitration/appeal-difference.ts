import { type Minor, portionOf } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import type { Granted } from './grant'
import type { Verdict } from './verdict'

/** What an appeal changes of a first ruling. */
export interface Difference {
  /** Rejected before, granted now. */
  readonly more: Verdict['units']
  readonly moreCompensationMinor: Minor
  /** Granted before, rejected now: the buyer keeps it. */
  readonly undone: readonly string[]
  /** What of it cost the merchant, for the fund to pay. */
  readonly repaidMinor: Minor
}

/**
 * Compares the appeal's verdict with what came of the first ruling. A CDK that was refunded, replaced or compensated stays so or is rejected
 * now; one that was rejected may get anything. Refuses `complaint/ruling-incomplete` for anything else. Pure.
 */
export function appealDifference(
  first: Granted,
  { units, compensationMinor }: Pick<Verdict, 'units' | 'compensationMinor'>,
): Difference {
  const before = new Map(first.units.map((unit) => [unit.cdkId, unit]))
  const more = units.filter(({ cdkId, result }) => before.get(cdkId)?.result === 'REJECTED' && result !== 'REJECTED')
  const undone = first.units.filter(
    ({ cdkId, result }) =>
      result !== 'REJECTED' && units.some((unit) => unit.cdkId === cdkId && unit.result === 'REJECTED'),
  )
  const changed = units.filter(({ cdkId, result }) => before.get(cdkId)?.result !== result).length
  if (changed !== more.length + undone.length) throw new Refusal('complaint/ruling-incomplete')
  const lessMinor = Math.max(0, first.compensationMinor - compensationMinor)
  const grossMinor = sumOf(first.units) + first.compensationMinor
  const undoneMinor = sumOf(undone) + lessMinor
  return {
    more,
    moreCompensationMinor: Math.max(0, compensationMinor - first.compensationMinor),
    undone: undone.map(({ cdkId }) => cdkId),
    repaidMinor: grossMinor === 0 ? 0 : portionOf(first.borneMinor, undoneMinor, grossMinor),
  }
}

function sumOf(units: Granted['units']): Minor {
  return units.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}
