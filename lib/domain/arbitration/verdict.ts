import { FAILURE_STANDARD, FAILURES } from '@/lib/domain/complaints'
import type { Tariff } from '@/lib/domain/merchants'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'

/** How long the reasons of a ruling or an appeal are, in characters. */
export const REASONS = { least: 20, most: 4_000 } as const

export interface Verdict {
  /** Every CDK of the case once; none where the case is about the charge. */
  readonly units: readonly { readonly cdkId: string; readonly result: UnitResult }[]
  /** For the COMPENSATED CDKs together, or for the charge; 0 for none. */
  readonly compensationMinor: Minor
  /** Both sides read them. */
  readonly reasons: string
  /** Penalties to take: what the failure's tariff says, or none. */
  readonly tariffs: readonly Tariff[]
}

interface Judged {
  readonly failure: string
  readonly demandMinor: Minor | null
  readonly stakeMinor: Minor
  readonly units: readonly { readonly cdkId: string; readonly priceMinor: Minor }[]
}

/** Penalties that may be taken for what a case is about. */
export function tariffsOf(failure: string): readonly Tariff[] {
  const known = FAILURES.find((name) => name === failure)
  invariant(known, `${failure} is a failure`)
  const { tariff } = FAILURE_STANDARD[known]
  return tariff === null ? [] : [tariff]
}

/** Whether it grants the buyer anything. */
export function isForBuyer({ units, compensationMinor }: Pick<Verdict, 'units' | 'compensationMinor'>): boolean {
  return compensationMinor > 0 || units.some(({ result }) => result !== 'REJECTED')
}

/** Whether the buyer got less than demanded, and may appeal: a rejected CDK, or a compensation that is smaller. */
export function buyerLost(
  { demandMinor, stakeMinor, units: judged }: Judged,
  { units, compensationMinor }: Pick<Verdict, 'units' | 'compensationMinor'>,
): boolean {
  if (units.some(({ result }) => result === 'REJECTED')) return true
  if (judged.length === 0) return compensationMinor < (demandMinor ?? stakeMinor)
  const compensated = priceOf(judged, units, 'COMPENSATED')
  return compensated > 0 && compensationMinor < (demandMinor ?? compensated)
}

/** What the CDKs with one result cost. */
export function priceOf(judged: Judged['units'], units: Verdict['units'], result: UnitResult): Minor {
  const chosen = new Set(units.filter((unit) => unit.result === result).map(({ cdkId }) => cdkId))
  return judged.reduce((sum, { cdkId, priceMinor }) => sum + (chosen.has(cdkId) ? priceMinor : 0), 0)
}

/** What a verdict grants the buyer, replacements at the price of what they are for. */
export function grantedOf(
  judged: Judged['units'],
  { units, compensationMinor }: Pick<Verdict, 'units' | 'compensationMinor'>,
): Minor {
  return priceOf(judged, units, 'REFUNDED') + priceOf(judged, units, 'REPLACED') + compensationMinor
}

/**
 * A verdict is complete: each CDK judged once, reasons of a fair length, a compensation exactly where one is due, no penalty but the
 * failure's own. Refuses `complaint/ruling-incomplete`. How much the compensation may be is another question (`requireAmount`).
 */
export function requireComplete(judged: Judged, { units, compensationMinor, reasons, tariffs }: Verdict): void {
  requireReasons(reasons)
  const known = new Set(judged.units.map(({ cdkId }) => cdkId))
  const asked = new Set(units.map(({ cdkId }) => cdkId))
  const each = units.length === known.size && asked.size === known.size && units.every(({ cdkId }) => known.has(cdkId))
  const compensates = units.length === 0 || units.some(({ result }) => result === 'COMPENSATED')
  const whole = Number.isSafeInteger(compensationMinor) && compensationMinor >= 0
  const paid = units.length === 0 ? true : compensationMinor > 0 === compensates
  const allowed = tariffsOf(judged.failure)
  const taken = new Set(tariffs).size === tariffs.length && tariffs.every((tariff) => allowed.includes(tariff))
  if (!each || !whole || !paid || !taken) throw new Refusal('complaint/ruling-incomplete')
}

/** Refuses `complaint/ruling-incomplete`. */
export function requireReasons(reasons: string): void {
  const { length } = reasons.trim()
  if (length < REASONS.least || length > REASONS.most) throw new Refusal('complaint/ruling-incomplete')
}
