import type { Tx } from '@/lib/domain/tx'
import type { LockedCase } from './lock-case'

/** Keeps when the merchant replied first: his statistics count from it. */
export async function noteReply(tx: Tx, { id }: LockedCase, now: Date): Promise<void> {
  await tx.complaint.updateMany({ where: { id, repliedAt: null }, data: { repliedAt: now } })
}
