import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { sweepEvents } from '@/lib/domain/inbox'
import { reconcile } from '@/lib/domain/reconciliation'
import { bankDesk } from './bank-desk'
import type { Mall } from './mall'

/** What killed runs left half told is told to the end, and the bank's list is matched with the books. */
export async function closeBooks(mall: Mall): Promise<void> {
  const { provider, providers, bank } = bankDesk(mall, mall.now)
  while ((await pumpCallbacks(bank)) > 0);
  await sweepEvents(mall.run, providers, mall.now, rethrow)
  await reconcile(mall.run, provider, mall.now, rethrow)
}

function rethrow(error: unknown): never {
  throw error
}
