import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/** Takes a product off sale; orders that run are not touched. Refuses `access/not-found` for another merchant's. */
export async function unlistProduct(tx: Tx, merchantId: string, productId: string, now: Date): Promise<void> {
  const { count } = await tx.product.updateMany({
    where: { id: productId, merchantId, status: { in: ['PUBLISHED', 'UNLISTED'] } },
    data: { status: 'UNLISTED', updatedAt: now },
  })
  if (count === 0) throw new Refusal('access/not-found')
}
