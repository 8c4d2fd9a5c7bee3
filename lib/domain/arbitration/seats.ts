import type { Minor } from '@/lib/kernel/money'

/** Where an arbitrator sits in a case: rules it, signs the ruling too, or rules the appeal. Three different people. */
export const SEATS = ['FIRST', 'SECOND', 'APPEAL'] as const
export type Seat = (typeof SEATS)[number]

/** Whose id stands in which column of the case. */
export const SEAT_COLUMN = {
  FIRST: 'arbitratorId',
  SECOND: 'secondId',
  APPEAL: 'appealArbitratorId',
} as const satisfies Record<Seat, string>

/** From this value at stake a ruling needs the signature of a second arbitrator. */
export const SECOND_ARBITRATOR_FROM: Minor = 50_000

interface Seated {
  readonly state: string
  readonly stakeMinor: Minor
  readonly arbitratorId: string | null
  readonly secondId: string | null
  readonly appealArbitratorId: string | null
}

/** Whether a ruling of this case waits for a second signature, whoever is to give it. */
export function needsSecond({ stakeMinor, secondId }: Pick<Seated, 'stakeMinor' | 'secondId'>): boolean {
  return secondId !== null || stakeMinor >= SECOND_ARBITRATOR_FROM
}

/** Seats that belong to a case as it stands, taken or not. */
export function seatsOf(seated: Pick<Seated, 'state' | 'stakeMinor' | 'secondId'>): readonly Seat[] {
  if (seated.state === 'APPEALED') return ['APPEAL']
  if (seated.state !== 'ESCALATED') return []
  return needsSecond(seated) ? ['FIRST', 'SECOND'] : ['FIRST']
}

/** Those that nobody sits on. */
export function emptySeats(seated: Seated): readonly Seat[] {
  return seatsOf(seated).filter((seat) => seated[SEAT_COLUMN[seat]] === null)
}
