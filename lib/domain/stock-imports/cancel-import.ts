import type { Tx } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { IMPORT_TRANSITIONS } from './import-states'

/**
 * Cancels an import: at once while nobody works on it (`cancelled`), else after the chunk that is under way (`asked`); what
 * was taken before stays. Refuses `access/not-found`, `import/finished`.
 */
export async function cancelImport(
  tx: Tx,
  { merchantId, importId }: { readonly merchantId: string; readonly importId: string },
  now: Date,
): Promise<'cancelled' | 'asked'> {
  const own = { merchantId, id: importId }
  const { from, to } = IMPORT_TRANSITIONS.cancel
  const waiting = await tx.stockImport.updateMany({
    where: { ...own, state: { in: [...from] } },
    data: { state: to, cancelAskedAt: now, finishedAt: now },
  })
  if (waiting.count > 0) return 'cancelled'
  const running = await tx.stockImport.updateMany({
    where: { ...own, state: { in: [...IMPORT_TRANSITIONS.stop.from] } },
    data: { cancelAskedAt: now },
  })
  if (running.count > 0) return 'asked'
  const known = await tx.stockImport.count({ where: own })
  throw new Refusal(known === 0 ? 'access/not-found' : 'import/finished')
}
