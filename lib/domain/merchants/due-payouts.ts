import type { InTransaction } from '@/lib/domain/tx'

/** How many due rows are read at a time. */
const BATCH = 100

/**
 * Payouts whose turn it is, the longest due first. One that was never sent waits while its merchant is not active; one
 * that may be under way is followed to its end.
 */
export async function duePayouts(run: InTransaction, now: Date): Promise<string[]> {
  const rows = await run((tx) =>
    tx.payout.findMany({
      where: { dueAt: { lte: now }, OR: [{ attempts: { gt: 0 } }, { merchant: { status: 'ACTIVE' } }] },
      orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
      take: BATCH,
      select: { id: true },
    }),
  )
  return rows.map(({ id }) => id)
}
