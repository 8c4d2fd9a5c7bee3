import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/** Forgets a merchant's prepared answer; what was said with it stays said. Refuses `access/not-found`, also a second time. */
export async function deleteCannedAnswer(
  tx: Tx,
  { merchantId, id }: { readonly merchantId: string; readonly id: string },
): Promise<void> {
  const { count } = await tx.cannedAnswer.deleteMany({ where: { id, merchantId } })
  if (count === 0) throw new Refusal('access/not-found')
}
