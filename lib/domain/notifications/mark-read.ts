import type { Tx } from '@/lib/domain/tx'

/** The reader has seen everything up to `until`; what came after it stays unread. Says how many that changed. */
export async function markRead(tx: Tx, userId: string, until: Date, now: Date): Promise<number> {
  const { count } = await tx.notification.updateMany({
    where: { userId, readAt: null, createdAt: { lte: until } },
    data: { readAt: now },
  })
  return count
}
