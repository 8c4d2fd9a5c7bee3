import type { Tx } from '@/lib/domain/tx'
import { requireOwnVariant } from '@/lib/domain/stock'
import { KEPT_DAYS } from './drop-old-uploads'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'

/** How many uploads of one merchant may lie about undecided or waiting; each may be large. */
export const MAX_OPEN_IMPORTS = 20

/** How much is kept of one merchant, undecided or for the rejected lines: 32 of the largest uploads. One merchant must not fill the disk. */
const MOST_KEPT_GIB = 8

export interface Upload {
  readonly merchantId: string
  readonly variantId: string
  readonly uploadedById: string
  /** As the merchant's computer called it; null for a pasted text. */
  readonly fileName: string | null
  /** Of the file in the store, which is there already. */
  readonly fileKey: string
  readonly byteCount: number
  /** The file's data key (`CdkVault.newBatchKey`). */
  readonly wrappedKey: Uint8Array<ArrayBuffer>
  readonly masterKeyVersion: number
}

/**
 * Keeps an upload for the merchant's choices (UPLOADED) and returns the import's id. Refuses `access/not-found` for another
 * merchant's variant, `import/too-many-open`, `import/too-much-kept`; the caller then deletes the file. Two at once may go one past the limits.
 */
export async function openImport(tx: Tx, { byteCount, ...upload }: Upload, now: Date): Promise<string> {
  await requireOwnVariant(tx, upload.merchantId, upload.variantId)
  const open = await tx.stockImport.count({ where: { merchantId: upload.merchantId, finishedAt: null } })
  if (open >= MAX_OPEN_IMPORTS) throw new Refusal('import/too-many-open', { most: MAX_OPEN_IMPORTS })
  const kept = { merchantId: upload.merchantId, fileKey: { not: null } }
  const { _sum } = await tx.stockImport.aggregate({ where: kept, _sum: { byteCount: true } })
  if (Number(_sum.byteCount ?? 0) + byteCount > MOST_KEPT_GIB * 2 ** 30) {
    throw new Refusal('import/too-much-kept', { most: MOST_KEPT_GIB, days: KEPT_DAYS })
  }
  const { id } = await tx.stockImport.create({
    data: {
      ...upload,
      id: newId(),
      state: 'UPLOADED',
      byteCount: BigInt(byteCount),
      choices: {},
      batchFacts: {},
      counts: {},
      createdAt: now,
    },
    select: { id: true },
  })
  return id
}
