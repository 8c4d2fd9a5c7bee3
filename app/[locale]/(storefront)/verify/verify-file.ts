// From the files themselves, not the index: this is what a browser loads, and the index also has all that writes a log.
import { MOST_BUNDLE_BYTES } from '@/lib/domain/provenance/proof-bundle'
import type { Report } from '@/lib/domain/provenance/report'
import { verifyBundle } from '@/lib/domain/provenance/verify-bundle'

/** What came of a file: a report, or why nothing can be said of it, here or at all. */
export type FileAnswer =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'too-large'; readonly sizeMb: number; readonly limitMb: number }
  | { readonly kind: 'empty' | 'unreadable' | 'insecure' | 'old' }

/** Checks a proof in this browser; `keys` are vkeys that the reader trusts. Nothing is sent anywhere. */
export async function verifyFile(file: Blob, keys: readonly string[]): Promise<FileAnswer> {
  const lacking = await whatBrowserLacks()
  if (lacking) return { kind: lacking }
  if (file.size === 0) return { kind: 'empty' }
  if (file.size > MOST_BUNDLE_BYTES)
    return { kind: 'too-large', sizeMb: megabytes(file.size), limitMb: megabytes(MOST_BUNDLE_BYTES) }
  const bytes = await bytesOf(file)
  if (!bytes) return { kind: 'unreadable' }
  // Bytes that are not UTF-8 become U+FFFD, and no bundle is written so.
  return {
    kind: 'report',
    report: await verifyBundle(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), keys),
  }
}

/** The first public key of RFC 8032's tests: any browser that knows Ed25519 takes it. */
const KNOWN_KEY = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'

/** Without this a browser that lacks the algorithm would call a sound key malformed, and a sound proof false. */
async function whatBrowserLacks(): Promise<'insecure' | 'old' | null> {
  if (!('subtle' in crypto)) return 'insecure'
  try {
    const raw = Uint8Array.from(KNOWN_KEY.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16))
    await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
    return null
  } catch (error) {
    if (error instanceof DOMException) return 'old'
    throw error
  }
}

async function bytesOf(file: Blob): Promise<ArrayBuffer | null> {
  try {
    return await file.arrayBuffer()
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / (1024 * 1024))
}
