import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Puts a product on sale. Refuses `catalog/address-required` when its category needs a download address and it has
 * none (also a CHECK), `catalog/no-variant` without an active variant, `access/not-found` for another merchant's.
 * Publishing twice is no error.
 */
export async function publishProduct(tx: Tx, merchantId: string, productId: string, now: Date): Promise<void> {
  const active = await tx.variant.count({ where: { productId, merchantId, active: true } })
  const { count } = await tx.product.updateMany({
    where: { id: productId, merchantId, OR: [{ needsDownloadAddress: false }, { downloadUrl: { not: null } }] },
    data: { status: 'PUBLISHED', publishedAt: now, updatedAt: now },
  })
  if (count === 0) {
    const found = await tx.product.count({ where: { id: productId, merchantId } })
    throw new Refusal(found === 1 ? 'catalog/address-required' : 'access/not-found')
  }
  if (active === 0) throw new Refusal('catalog/no-variant')
}
