import { disputedOf } from '@/lib/domain/ledger'
import { syncDispute } from '@/lib/domain/disputes'
import { attachProviderPayment } from '@/lib/domain/payments'
import { syncCheckout } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aCapture, aPlacedOrder, run } from '@/tests/support/factories'
import type { PocketProvider } from '@/tests/support/pocket-provider'

export const operator = { kind: 'OPERATOR', id: newId() } as const

/** A placed order whose payment stands captured in the provider's books; `sync` has the mall take it. */
export async function captured(provider: PocketProvider, changes: Parameters<typeof aPlacedOrder>[0] = {}) {
  const order = await aPlacedOrder(changes)
  return { ...order, ...(await capturedFor(provider, order.checkoutId)) }
}

export async function capturedFor(provider: PocketProvider, checkoutId: string) {
  const { providerRef, payUrl } = await provider.openPayment({ checkoutId })
  const capture = await aCapture(checkoutId)
  provider.payments.set(providerRef, { reference: checkoutId, captures: [capture] })
  await run((tx) => attachProviderPayment(tx, checkoutId, providerRef, payUrl))
  return { providerRef, capture, sync: async () => syncCheckout(run, () => provider, checkoutId, NOW) }
}

export const sync = async (provider: PocketProvider, ref: string, now = NOW) => syncDispute(run, provider, ref, now)

export const disputeOf = async (disputeRef: string) => db.dispute.findFirstOrThrow({ where: { disputeRef } })

export async function claimOf(disputeRef: string): Promise<number> {
  const { id, currency } = await disputeOf(disputeRef)
  return 0 - (await balanceOf(disputedOf(id, currency)))
}

/** Debits less credits of everything must be nothing, and what the provider's list says is what clearing holds. */
export async function movedAt(provider: PocketProvider): Promise<number> {
  const { movements } = await provider.listMovements({ since: new Date(0), cursor: null })
  return movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
}
