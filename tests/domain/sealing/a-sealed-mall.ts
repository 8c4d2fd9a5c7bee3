import { importCdks } from '@/lib/domain/stock'
import { type Sealed, sealEvents } from '@/lib/domain/sealing'
import { newId } from '@/lib/kernel/ids'
import { db } from '@/tests/support/database'
import { type Listing, NOW, codes, run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

/** Seals once. */
export async function seal(limit?: number): Promise<Sealed | null> {
  return run((tx) => sealEvents(tx, LOG_KEYS, NOW, limit))
}

/** Seals until nothing is left, in windows of `limit`. */
export async function drain(limit?: number): Promise<number> {
  for (let leaves = 0; ;) {
    const sealed = await seal(limit)
    if (!sealed) throw new Error('another sealer is at it')
    leaves += sealed.leaves
    if (sealed.drained) return leaves
  }
}

/** Events that are in no leaf, or in more than one, and leaves of no event: none when everything was sealed exactly once. */
export async function misfits(): Promise<unknown[]> {
  return db.$queryRaw`
    SELECT e."cdkId", e.seq, count(l.index) FROM cdk_event e FULL JOIN log_leaf l ON l."cdkId" = e."cdkId" AND l.seq = e.seq
    GROUP BY 1, 2 HAVING count(l.index) <> 1 OR e."cdkId" IS NULL`
}

/** Leaves that stand before the event that they follow. */
export async function outOfOrder(): Promise<unknown[]> {
  return db.$queryRaw`
    SELECT a."cdkId", a.seq FROM log_leaf a JOIN log_leaf b ON b."cdkId" = a."cdkId" AND b.seq = a.seq + 1 WHERE b.index < a.index`
}

export async function cdkOf({ variantId }: Pick<Listing, 'variantId'>): Promise<string> {
  return (await db.cdk.findFirstOrThrow({ where: { variantId }, orderBy: { id: 'asc' } })).id
}

/** Stock on a connection of one's own, to be left open. */
export function importInto(
  tx: Parameters<Parameters<typeof run>[0]>[0],
  { merchantId, variantId }: Listing,
  count: number,
) {
  const text = codes(count).join('\n')
  return importCdks(tx, vault, { merchantId, variantId, uploadedById: newId(), fileName: null, text }, NOW)
}
