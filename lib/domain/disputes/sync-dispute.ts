import type { PaymentProvider, ProviderDispute } from '@/lib/domain/payments'
import { takePayment } from '@/lib/domain/suspense'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { askUnanswered } from './ask-unanswered'
import { recordDispute } from './record-dispute'

/**
 * Looks a dispute up at the provider and brings ours to where it stands. A capture that we have not heard of is taken up
 * first. May be called for every hint, in any order, any number of times. False when the provider knows no such dispute.
 * Refuses `payment/unknown` while the disputed capture cannot be found (reconciliation will bring it); throws
 * `ProviderUnavailable`.
 */
export async function syncDispute(
  run: InTransaction,
  provider: PaymentProvider,
  disputeRef: string,
  now: Date,
): Promise<boolean> {
  const found = await provider.fetchDispute(disputeRef)
  if (!found) return false
  const paymentId = await requirePayment(run, provider, found, now)
  if (found.status === 'lost' && (await run((tx) => isOpen(tx, provider.name, disputeRef)))) {
    await askUnanswered(run, provider, paymentId, now)
  }
  await run((tx) => recordDispute(tx, provider.name, paymentId, found, now))
  return true
}

/** Unless its verdict is booked; one that we have not heard of is open as well. */
async function isOpen(tx: Tx, provider: string, disputeRef: string): Promise<boolean> {
  return (await tx.dispute.count({ where: { provider, disputeRef, closedAt: { not: null } } })) === 0
}

async function requirePayment(
  run: InTransaction,
  provider: PaymentProvider,
  { captureRef }: ProviderDispute,
  now: Date,
): Promise<string> {
  const known = await run((tx) => findPayment(tx, provider.name, captureRef))
  if (known !== null) return known
  const line = await run((tx) =>
    tx.providerLine.findFirst({ where: { provider: provider.name, kind: 'capture', sourceRef: captureRef } }),
  )
  await takePayment(run, provider, line?.providerRef ?? captureRef, now)
  const taken = await run((tx) => findPayment(tx, provider.name, captureRef))
  if (taken === null) throw new Refusal('payment/unknown')
  return taken
}

async function findPayment(tx: Tx, provider: string, captureRef: string): Promise<string | null> {
  const where = { provider_captureRef: { provider, captureRef } }
  return (await tx.payment.findUnique({ where, select: { id: true } }))?.id ?? null
}
