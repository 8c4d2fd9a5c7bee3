import type { Tx } from '@/lib/domain/tx'
import { endImport } from './end-import'
import type { ImportCounts } from './import-facts'
import { LeaseLost } from './lease-lost'
import type { Lease } from './renew-lease'

const FINE: ReadonlySet<string> = new Set(['accepted', 'empty'])

/** Whether all of an upload can be taken: empty lines are in nobody's way. */
export function isFaultless(counts: ImportCounts): boolean {
  const faults = Object.entries(counts).filter(([verdict, lines]) => lines > 0 && !FINE.has(verdict))
  return faults.length === 0 && (counts['accepted'] ?? 0) > 0
}

/** Ends a dry run: the merchant decides. */
export async function finishCheck(tx: Tx, lease: Lease, linesTotal: number, now: Date): Promise<void> {
  await endImport(tx, lease, 'checked', { linesTotal }, now)
}

/**
 * After the checking pass of an all-or-nothing import: the taking pass begins at the first line (`taking`), or nothing is taken
 * at all (`refused`). `linesTotal` is what tells the passes apart. A code that somebody else brings between the passes is left out.
 */
export async function decideAllOrNothing(
  tx: Tx,
  lease: Lease,
  { linesTotal, counts }: { readonly linesTotal: number; readonly counts: ImportCounts },
  now: Date,
): Promise<'taking' | 'refused'> {
  const { id, merchantId, leaseId } = lease
  if (!isFaultless(counts)) {
    await endImport(tx, lease, 'refuse', { linesTotal }, now)
    return 'refused'
  }
  const { count } = await tx.stockImport.updateMany({
    where: { id, merchantId, leaseId, state: 'RUNNING' },
    data: { linesTotal, linesDone: 0, bytesDone: 0, counts: {} },
  })
  if (count === 0) throw new LeaseLost()
  await tx.importRejection.deleteMany({ where: { merchantId, importId: id } })
  return 'taking'
}
