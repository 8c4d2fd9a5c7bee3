import { requireOwnVariant } from '@/lib/domain/stock'
import { openImport } from '@/lib/domain/stock-imports'
import type { InTransaction } from '@/lib/domain/tx'
import { FileError, fileStore, newFileKey } from '@/lib/infra/files'
import { cdkVault } from '@/lib/infra/vault'
import { Refusal } from '@/lib/kernel/refusal'
import { SNIFF_BYTES, StockFileError, sniffStock } from '@/lib/stock-files'
import { FILE_NAME_CHARS, MOST_UPLOAD_BYTES } from './upload-limits'
import { unreadable } from './unreadable'

/** Space, tab, line ends and the byte order mark. */
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

export interface UploadOf {
  readonly merchantId: string
  readonly variantId: string
  readonly userId: string
  /** Null when it was pasted. */
  readonly fileName: string | null
}

/**
 * Stores an upload as its bytes arrive, encrypted, in constant memory, and opens an import on it; returns the import's id. Whatever
 * ends it early leaves nothing. Refuses `access/not-found` (before a byte is kept), `stock/nothing-to-import`, `stock/too-large`,
 * `stock/unreadable` for what is neither text nor a workbook, `import/too-many-open`, `import/too-much-kept`.
 */
export async function receiveUpload(
  bytes: AsyncIterable<Uint8Array>,
  { merchantId, variantId, userId, fileName }: UploadOf,
  { run, now, most = MOST_UPLOAD_BYTES }: { readonly run: InTransaction; readonly now: Date; readonly most?: number },
): Promise<string> {
  await run((tx) => requireOwnVariant(tx, merchantId, variantId))
  const name = fileName === null ? null : shownName(fileName)
  const vault = cdkVault()
  const { key: seal, wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const fileKey = newFileKey('imports')
  const store = fileStore()
  const iterator = bytes[Symbol.asyncIterator]()
  try {
    const first = await firstBytes(iterator)
    requireReadable(first, name)
    const { byteCount } = await store.putFile(resumed(first, iterator), { key: fileKey, seal, most })
    const upload = { merchantId, variantId, uploadedById: userId, fileName: name, fileKey, byteCount }
    // Minutes may have gone by, and a rotation of the master key that no row told of this one: its old key may be removed any moment.
    const { key: _, ...wrapped } = vault.rewrapBatchKey(wrappedKey, masterKeyVersion)
    return await run((tx) => openImport(tx, { ...upload, ...wrapped }, now))
  } catch (error) {
    await store.deleteFile(fileKey)
    throw error instanceof FileError && error.reason === 'too-large' ? new Refusal('stock/too-large') : error
  } finally {
    await iterator.return?.()
  }
}

/** A name to show: cut, and without what no text column takes. */
function shownName(fileName: string): string {
  return fileName
    .replaceAll(/\p{Cc}/gu, '')
    .slice(0, FILE_NAME_CHARS)
    .toWellFormed()
}

/** As much as is looked at before anything is kept; less when there is no more. */
async function firstBytes(bytes: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for (let size = 0; size < SNIFF_BYTES;) {
    const next = await bytes.next()
    if (next.done) break
    pieces.push(next.value)
    size += next.value.length
  }
  return Buffer.concat(pieces)
}

async function* resumed(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

function requireReadable(first: Uint8Array, fileName: string | null): void {
  if (first.every((byte) => BLANK.has(byte))) throw new Refusal('stock/nothing-to-import')
  // What was pasted is text by nature.
  if (fileName === null) return
  try {
    sniffStock(first, fileName)
  } catch (error) {
    throw error instanceof StockFileError ? unreadable(error.reason) : error
  }
}
