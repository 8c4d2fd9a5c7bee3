// From the files themselves, not the index: this is what a browser loads, and the index also has all that writes a log.
import type { CaseReport } from '@/lib/domain/case-bundle/report'
import { verifyCaseBundle } from '@/lib/domain/case-bundle/verify-case-bundle'
import { openZip } from '@/lib/domain/case-bundle/zip-reader'
import { MOST_BUNDLE_BYTES } from '@/lib/domain/provenance/proof-bundle'
import type { Report } from '@/lib/domain/provenance/report'
import { verifyBundle } from '@/lib/domain/provenance/verify-bundle'

/** What came of a file: a report, or why nothing can be said of it, here or at all. */
export type FileAnswer =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'case'; readonly report: CaseReport }
  | { readonly kind: 'too-large'; readonly sizeMb: number; readonly limitMb: number }
  | { readonly kind: 'empty' | 'unreadable' | 'insecure' | 'old' }

/** Checks a proof, or the file of a case, in this browser; `keys` are vkeys that the reader trusts. Nothing is sent anywhere. */
export async function verifyFile(file: Blob, keys: readonly string[]): Promise<FileAnswer> {
  const lacking = await whatBrowserLacks()
  if (lacking) return { kind: lacking }
  if (file.size === 0) return { kind: 'empty' }
  if (await isZip(file)) return verifyZip(file, keys)
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

const ZIP_START = [0x50, 0x4b]

/** By its first bytes, or its name where those were changed. */
async function isZip(file: Blob): Promise<boolean> {
  const start = await bytesOf(file.slice(0, ZIP_START.length))
  const begins = start !== null && ZIP_START.every((byte, at) => new Uint8Array(start)[at] === byte)
  return begins || (file instanceof File && /\.zip$/iu.test(file.name))
}

/** Read piece by piece: a case may hold hours of video, of which one file at a time is in memory. */
async function verifyZip(file: Blob, keys: readonly string[]): Promise<FileAnswer> {
  try {
    const read = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer())
    return { kind: 'case', report: await verifyCaseBundle(await openZip({ size: file.size, read }), keys) }
  } catch (error) {
    // The file went away, or changed, while it was read.
    if (error instanceof DOMException) return { kind: 'unreadable' }
    throw error
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
