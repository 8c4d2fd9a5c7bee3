import type { Tx } from '@/lib/domain/tx'

/**
 * Remembers where a checkout is paid. Two tabs that open it at once get the same payment from the provider (its key is
 * the checkout), so writing twice is harmless.
 */
export async function attachProviderPayment(
  tx: Tx,
  checkoutId: string,
  providerRef: string,
  payUrl: string,
): Promise<void> {
  await tx.checkout.update({ where: { id: checkoutId }, data: { providerRef, payUrl } })
}
