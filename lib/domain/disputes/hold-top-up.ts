import { lockBalances, postTransfers, suspenseOf, walletOf } from '@/lib/domain/ledger'
import type { Tx } from '@/lib/domain/tx'
import type { DisputeMoney } from './postings'

type TopUpDispute = Pick<DisputeMoney, 'id' | 'amountMinor' | 'currency'> & { readonly paymentId: string }

/** Whose wallet the payment topped up; null when it paid orders, or nothing. */
export async function toppedUp(tx: Tx, paymentId: string): Promise<string | null> {
  const checkout = await tx.checkout.findFirst({
    where: { paidPaymentId: paymentId, purpose: 'TOP_UP' },
    select: { buyerId: true },
  })
  return checkout?.buyerId ?? null
}

/**
 * A top-up is disputed: what of it is still in the wallet is held until the verdict, wallet -> suspense of the payment, so
 * that it cannot be spent meanwhile.
 */
export async function holdTopUp(tx: Tx, dispute: TopUpDispute, now: Date): Promise<void> {
  const userId = await toppedUp(tx, dispute.paymentId)
  if (userId === null) return
  const wallet = walletOf(userId, dispute.currency)
  const amountMinor = Math.min(dispute.amountMinor, (await lockBalances(tx, [wallet]))(wallet))
  const to = suspenseOf(dispute.paymentId, dispute.currency)
  await postTransfers(
    tx,
    [{ key: `dispute:${dispute.id}:hold`, code: 'wallet-hold', from: wallet, to, amountMinor }],
    now,
  )
}

/** The last dispute of a top-up is decided: what it did not cost goes back, suspense of the payment -> wallet. */
export async function releaseTopUp(tx: Tx, dispute: TopUpDispute, now: Date): Promise<void> {
  const userId = await toppedUp(tx, dispute.paymentId)
  if (userId === null) return
  const from = suspenseOf(dispute.paymentId, dispute.currency)
  const amountMinor = (await lockBalances(tx, [from]))(from)
  const to = walletOf(userId, dispute.currency)
  await postTransfers(tx, [{ key: `dispute:${dispute.id}:unhold`, code: 'wallet-unhold', from, to, amountMinor }], now)
}
