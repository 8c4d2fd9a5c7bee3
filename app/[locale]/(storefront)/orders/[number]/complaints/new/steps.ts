import {
  type DraftAnswers,
  FAILURES,
  FAILURE_STANDARD,
  type Failure,
  REMEDIES,
  type Remedy,
  claimableSince,
  claimableUntil,
} from '@/lib/domain/complaints'
import { priceOfCdks } from '@/lib/domain/orders'
import type { Minor } from '@/lib/kernel/money'
import type { Opening } from '@/lib/queries/case'

/** One question a screen, in this order; what is asked lives in the address. */
export const STEPS = ['cdks', 'failure', 'story', 'demand', 'check'] as const
export type Step = (typeof STEPS)[number]

/** Characters of a statement below which it says nothing. */
export const SHORTEST_STATEMENT = 10

/** Failures that can be meant: of the chosen CDKs or, when none is chosen, of the charge; only those that may still be claimed. */
export function failuresFor(order: Opening, cdkIds: readonly string[], now: Date): Failure[] {
  const about = cdkIds.length === 0 ? 'CHARGE' : 'CDKS'
  const { closedAt, snapshot, status } = order
  const chosen = order.cdks.filter(({ id }) => cdkIds.includes(id))
  const [firstAt = null] = chosen
    .flatMap(({ deliveredAt }) => deliveredAt ?? [])
    .toSorted((a, b) => Number(a) - Number(b))
  const since = status === 'CONFIRMED' && closedAt ? claimableSince(closedAt, firstAt) : null
  return FAILURES.filter((failure) => {
    if (FAILURE_STANDARD[failure].about !== about || failure === 'NOT_DELIVERED') return false
    if (failure === 'DOWNLOAD_UNAVAILABLE' && snapshot.product.downloadUrl === null) return false
    if (order.known.includes(failure)) return false
    return since === null || claimableUntil(since, failure, snapshot.rules) > now
  })
}

/** What can be demanded for it: a replacement only where stock may have one, of a charge what the standard names. */
export function remediesFor(order: Opening, failure: Failure): Remedy[] {
  const { about, remedy } = FAILURE_STANDARD[failure]
  if (about === 'CHARGE') return [remedy]
  return REMEDIES.filter((each) => each !== 'REPLACEMENT' || order.replaceable)
}

/** What is chosen beforehand: the standard's remedy, or a refund where stock has nothing. */
export function remedyFirst(order: Opening, failure: Failure): Remedy {
  const { remedy } = FAILURE_STANDARD[failure]
  return remediesFor(order, failure).includes(remedy) ? remedy : 'REFUND'
}

/** The most that these CDKs, or the charge, can bring back. */
export function mostOf(order: Opening, cdkIds: readonly string[]): Minor {
  return cdkIds.length === 0 ? order.totalMinor - order.refundedMinor : priceOfCdks(order, cdkIds.length)
}

/** The CDKs of a draft that can still be complained of; undefined as long as nothing was chosen. */
export function chosenOf(order: Opening, { cdkIds }: DraftAnswers): string[] | undefined {
  if (cdkIds === undefined || cdkIds.length === 0) return cdkIds
  const left = cdkIds.filter((id) => order.cdks.some((cdk) => cdk.id === id && !cdk.known))
  return left.length === 0 ? undefined : left
}

export interface Complete {
  readonly cdkIds: readonly string[]
  readonly failure: Failure
  readonly statement: string
  readonly demand: Remedy
  readonly demandMinor: Minor | null
}

/** The answers once every question has one that fits, or the first step that has none. */
export function completed(order: Opening, draft: DraftAnswers, now: Date): Complete | Step {
  const cdkIds = chosenOf(order, draft)
  if (cdkIds === undefined) return 'cdks'
  const { demand, failure, statement } = draft
  if (!failure || !failuresFor(order, cdkIds, now).includes(failure)) return 'failure'
  if (!statement || statement.length < SHORTEST_STATEMENT) return 'story'
  if (!demand || !remediesFor(order, failure).includes(demand)) return 'demand'
  const demandMinor = demand === 'COMPENSATION' ? (draft.demandMinor ?? null) : null
  if (demand === 'COMPENSATION' && (demandMinor === null || demandMinor > mostOf(order, cdkIds))) return 'demand'
  return { cdkIds, failure, statement, demand, demandMinor }
}

/** The step that is shown: the one asked for, if everything before it is answered; without one where the draft was left. */
export function stepOf(order: Opening, draft: DraftAnswers, asked: string | undefined, now: Date): Step {
  const answers = completed(order, draft, now)
  const furthest = typeof answers === 'string' ? answers : 'check'
  const wanted = STEPS.find((step) => step === asked)
  return wanted && STEPS.indexOf(wanted) <= STEPS.indexOf(furthest) ? wanted : furthest
}
