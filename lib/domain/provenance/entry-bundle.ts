import { invariant } from '@/lib/kernel/invariant'
import { type Bytes, concat } from './bytes'
import { DIGEST_BYTES, type Digest } from './digest'

const MAX_ENTRY_BYTES = 0xffff

/** Entries as tlog-tiles serves them: each behind its length in two bytes, the higher first. */
export function encodeEntries(entries: readonly Uint8Array[]): Bytes {
  return concat(
    ...entries.flatMap((entry) => {
      invariant(entry.length <= MAX_ENTRY_BYTES, 'a log entry has at most 65,535 bytes')
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

/** The entries of a bundle; null when the last one is cut off. */
export function decodeEntries(bytes: Bytes): Bytes[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Bytes[] = []
  for (let at = 0; at < bytes.length;) {
    if (at + 2 > bytes.length) return null
    const end = at + 2 + view.getUint16(at)
    if (end > bytes.length) return null
    entries.push(bytes.slice(at + 2, end))
    at = end
  }
  return entries
}

/** The hashes of a tile; null when it is not a whole number of them. */
export function decodeTile(bytes: Bytes): Digest[] | null {
  if (bytes.length % DIGEST_BYTES !== 0) return null
  return Array.from({ length: bytes.length / DIGEST_BYTES }, (_, at) =>
    bytes.slice(at * DIGEST_BYTES, (at + 1) * DIGEST_BYTES),
  )
}
