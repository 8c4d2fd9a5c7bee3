import type { Minor } from '@/lib/kernel/money'
import type { Remedy, UnitResult } from '@/lib/infra/prisma/enums'
import type { Decision } from './carry-out'

export interface Demanded {
  readonly demand: Remedy
  readonly demandMinor: Minor | null
  readonly stakeMinor: Minor
  readonly units: readonly { readonly cdkId: string }[]
}

const RESULTS = { REFUND: 'REFUNDED', REPLACEMENT: 'REPLACED', COMPENSATION: 'COMPENSATED' } as const satisfies Record<
  Remedy,
  UnitResult
>

/** What comes of a unit that gets this remedy. */
export function resultOf(remedy: Remedy): UnitResult {
  return RESULTS[remedy]
}

/** What was demanded, as a decision for every unit; about the charge of an order: what is at stake. Pure. */
export function demandOf({ demand, demandMinor, stakeMinor, units }: Demanded): Decision {
  return {
    units: units.map(({ cdkId }) => ({ cdkId, result: resultOf(demand) })),
    compensationMinor: demandMinor ?? (units.length === 0 ? stakeMinor : 0),
  }
}
