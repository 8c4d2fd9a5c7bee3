import type { EvidenceTools } from './evidence-tools'

/** Where the bytes of a file lie. */
export interface StoredEvidence {
  readonly wrappedKey: Uint8Array
  readonly masterKeyVersion: number
  /** In order, without gaps. */
  readonly parts: readonly { readonly offset: number; readonly byteCount: number; readonly fileKey: string }[]
}

/**
 * The plain bytes of a file from `from` to before `to`, in constant memory; only the parts that hold them are opened. Throws when a part is gone or
 * damaged. Who may read is asked before.
 */
export async function* evidenceBytes(
  { vault, store }: Pick<EvidenceTools, 'vault' | 'store'>,
  { wrappedKey, masterKeyVersion, parts }: StoredEvidence,
  { from = 0, to = Number.POSITIVE_INFINITY }: { readonly from?: number; readonly to?: number } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const key = vault.openBatchKey(wrappedKey, masterKeyVersion)
  for (const { offset, byteCount, fileKey } of parts) {
    if (offset + byteCount <= from) continue
    if (offset >= to) return
    let at = offset
    for await (const piece of store.read(key, fileKey)) {
      const wanted = piece.subarray(Math.max(0, from - at), Math.max(0, Math.min(piece.length, to - at)))
      at += piece.length
      if (wanted.length > 0) yield wanted
      if (at >= to) return
    }
  }
}
