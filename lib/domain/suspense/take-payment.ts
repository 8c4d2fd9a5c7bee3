import { type PaymentOutcome, syncCheckout } from '@/lib/domain/orders'
import type { PaymentProvider, ProviderPayment } from '@/lib/domain/payments'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { z } from 'zod'
import { recordUnknownPayment } from './record-unknown-payment'

export interface TakenPayment {
  /** The checkout that it pays; null when it is none of ours. */
  readonly checkoutId: string | null
  /** What became of each capture; `parked`: for no checkout of ours, in suspense. */
  readonly outcomes: readonly (PaymentOutcome | 'parked')[]
}

/**
 * Takes up whatever a provider holds under one of its payments (or under another name that it knows it by): a checkout of
 * ours is synced, captures of any other payment are parked in suspense. Asks for the present state, so it may be called for
 * every hint, in any order, any number of times. Null when the provider does not know the payment. Throws
 * `ProviderUnavailable`.
 */
export async function takePayment(
  run: InTransaction,
  provider: PaymentProvider,
  providerRef: string,
  now: Date,
): Promise<TakenPayment | null> {
  const opened = await run((tx) => findOpened(tx, provider.name, providerRef))
  if (opened !== null) return synced(run, provider, opened, now)
  const payment = await provider.fetchPayment(providerRef)
  if (!payment) return null
  const checkoutId = await run(
    async (tx) => (await findOpened(tx, provider.name, payment.providerRef)) ?? adopt(tx, provider.name, payment),
  )
  if (checkoutId !== null) return synced(run, provider, checkoutId, now)
  const outcomes: TakenPayment['outcomes'][number][] = []
  for (const capture of payment.captures) {
    const news = await run((tx) => recordUnknownPayment(tx, provider.name, capture, now))
    outcomes.push(news ? 'parked' : 'known')
  }
  return { checkoutId: null, outcomes }
}

async function synced(run: InTransaction, provider: PaymentProvider, checkoutId: string, now: Date) {
  const { outcomes } = await syncCheckout(run, () => provider, checkoutId, now)
  return { checkoutId, outcomes }
}

async function findOpened(tx: Tx, provider: string, providerRef: string): Promise<string | null> {
  const where = { provider_providerRef: { provider, providerRef } }
  return (await tx.checkout.findUnique({ where, select: { id: true } }))?.id ?? null
}

/** A checkout whose payment we opened there, killed before we could remember it: remembered now. */
async function adopt(tx: Tx, provider: string, { providerRef, reference }: ProviderPayment): Promise<string | null> {
  const id = z.uuid().safeParse(reference).data
  if (id === undefined) return null
  await tx.checkout.updateMany({ where: { id, provider, providerRef: null }, data: { providerRef } })
  // Asked again: somebody else may just have remembered it.
  return findOpened(tx, provider, providerRef)
}
