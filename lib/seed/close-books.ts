import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { sweepEvents } from '@/lib/domain/inbox'
import { markRead } from '@/lib/domain/notifications'
import { reconcile } from '@/lib/domain/reconciliation'
import { DAY_MS, after } from '@/lib/kernel/time'
import { bankDesk } from './bank-desk'
import type { Mall } from './mall'

/**
 * What killed runs left half told is told to the end, the bank's list is matched with the books, and everybody has read what they
 * were told up to yesterday.
 */
export async function closeBooks(mall: Mall): Promise<void> {
  const { provider, providers, bank } = bankDesk(mall, mall.now)
  while ((await pumpCallbacks(bank)) > 0);
  await sweepEvents(mall.run, providers, mall.now, rethrow)
  await reconcile(mall.run, provider, mall.now, rethrow)
  const yesterday = after(mall.now, -DAY_MS)
  for (const { id } of await mall.db.user.findMany({ select: { id: true } })) {
    await mall.run((tx) => markRead(tx, id, yesterday, mall.now))
  }
}

function rethrow(error: unknown): never {
  throw error
}
