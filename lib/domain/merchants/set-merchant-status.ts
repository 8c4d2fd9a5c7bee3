import type { Tx } from '@/lib/domain/tx'
import type { MerchantStatus } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Admits a merchant or stops it selling. A suspended merchant's products leave the storefront at once (every offer asks
 * for an ACTIVE merchant); orders that run go on under their snapshot. Setting the present status again is no error.
 * Refuses `access/not-found`.
 */
export async function setMerchantStatus(
  tx: Tx,
  merchantId: string,
  status: Exclude<MerchantStatus, 'PENDING'>,
): Promise<void> {
  const { count } = await tx.merchant.updateMany({ where: { id: merchantId }, data: { status } })
  if (count === 0) throw new Refusal('access/not-found')
}
