import type { Tx } from '@/lib/domain/tx'
import type { MerchantTier } from '@/lib/infra/prisma/enums'
import { Refusal } from '@/lib/kernel/refusal'

/** Days from release until a merchant may have its money paid out (product.md: "T+0 / 3 / 7 / 14 by credit level"). */
export const MATURITY_DAYS: Readonly<Record<MerchantTier, number>> = { NEW: 14, STANDARD: 7, TRUSTED: 3, PRIME: 0 }

/**
 * Puts a merchant on a tier. It counts for orders released from now on; what was released before keeps its day. Setting
 * the present tier again is no error. Refuses `access/not-found`.
 */
export async function setMerchantTier(tx: Tx, merchantId: string, tier: MerchantTier): Promise<void> {
  const { count } = await tx.merchant.updateMany({ where: { id: merchantId }, data: { tier } })
  if (count === 0) throw new Refusal('access/not-found')
}
