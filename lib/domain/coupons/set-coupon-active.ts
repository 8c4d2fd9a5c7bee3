import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/**
 * Stops a coupon or lets it run again; checkouts that hold it keep it. `merchantId` is whose coupon it must be, null the
 * platform's: any other is refused `access/not-found`.
 */
export async function setCouponActive(
  tx: Tx,
  { couponId, merchantId }: { readonly couponId: string; readonly merchantId: string | null },
  active: boolean,
): Promise<void> {
  const { count } = await tx.coupon.updateMany({ where: { id: couponId, merchantId }, data: { active } })
  if (count === 0) throw new Refusal('access/not-found')
}
