import type { MovementKind, MovementPage, PaymentProvider, ProviderMovement } from '@/lib/domain/payments/provider'
import type Stripe from 'stripe'
import { type Desk, idOf, isoOf, momentOf, secondsOf } from './client'
import { asked } from './errors'

type Asked = Parameters<PaymentProvider['listMovements']>[0]

const PAGE = 100
const EXPAND = ['data.source']

/**
 * What Stripe calls the lines that are about a thing of ours. The reporting category is finer than the type: `adjustment`
 * alone may be a dispute, its return, a failed refund or a fee. Everything else (payouts to the platform's bank, Stripe's
 * own fees, top-ups, reserves) is `other`.
 */
const KINDS: Readonly<Record<string, MovementKind>> = {
  charge: 'capture',
  refund: 'refund',
  refund_failure: 'refund-failed',
  transfer: 'transfer',
  transfer_reversal: 'transfer-returned',
  dispute: 'dispute',
  dispute_reversal: 'dispute-won',
}

/**
 * Everything that moved the platform's balance, oldest first, in the currency that Stripe settles in. Stripe lists newest
 * first: the walk begins behind the newest line before `since`, or behind `cursor`, and goes up from there.
 */
export async function listMovements(desk: Desk, { since, cursor }: Asked): Promise<MovementPage> {
  return asked(async () => {
    const start = cursor ?? (await lastBefore(desk, since))
    const page = start === null ? await firstPage(desk) : await pageBehind(desk, start)
    const [newest] = page.data
    const movements = page.data.toReversed().flatMap(movementsOf)
    return { movements, next: page.has_more && newest ? newest.id : null }
  })
}

async function lastBefore({ stripe }: Desk, since: Date): Promise<string | null> {
  const { data } = await stripe.balanceTransactions.list({ created: { lt: secondsOf(since) }, limit: 1 })
  return data[0]?.id ?? null
}

async function pageBehind({ stripe }: Desk, line: string): Promise<Stripe.ApiList<Stripe.BalanceTransaction>> {
  return stripe.balanceTransactions.list({ ending_before: line, limit: PAGE, expand: EXPAND })
}

/** The account is younger than `since`: the walk down to its first line is made once. */
async function firstPage(desk: Desk): Promise<{ data: Stripe.BalanceTransaction[]; has_more: boolean }> {
  let oldest: Stripe.BalanceTransaction | undefined
  for await (const line of desk.stripe.balanceTransactions.list({ limit: PAGE, expand: EXPAND })) oldest = line
  if (!oldest) return { data: [], has_more: false }
  const { data, has_more } = await pageBehind(desk, oldest.id)
  return { data: [...data, oldest], has_more }
}

/**
 * One line, and a second one when Stripe gives a fee back (it does with some disputes that are won): a movement's own fee
 * is never below zero.
 */
function movementsOf(line: Stripe.BalanceTransaction): ProviderMovement[] {
  const { id, amount, fee, currency, created } = line
  const money = { currency: isoOf(currency), at: momentOf(created) }
  const about = aboutOf(line)
  const movement = { movementRef: id, ...about, amountMinor: amount, feeMinor: Math.max(fee, 0), ...money }
  if (fee >= 0) return [movement]
  const returned = { movementRef: `${id}:fee`, kind: 'other', sourceRef: `${id}:fee`, providerRef: null } as const
  return [movement, { ...returned, amountMinor: -fee, feeMinor: 0, ...money }]
}

function aboutOf(line: Stripe.BalanceTransaction): Pick<ProviderMovement, 'kind' | 'sourceRef' | 'providerRef'> {
  const { id, reporting_category: category, source } = line
  const kind = KINDS[category]
  if (kind === undefined || source === null) return { kind: 'other', sourceRef: id, providerRef: null }
  const sourceRef = idOf(source)
  if (typeof source === 'string') return { kind, sourceRef, providerRef: kind === 'capture' ? sourceRef : null }
  if (source.object === 'charge') {
    return { kind, sourceRef, providerRef: source.payment_intent === null ? sourceRef : idOf(source.payment_intent) }
  }
  if (source.object === 'transfer_reversal') return { kind, sourceRef: idOf(source.transfer), providerRef: null }
  return { kind, sourceRef, providerRef: null }
}
