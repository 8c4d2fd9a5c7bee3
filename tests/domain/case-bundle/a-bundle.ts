import { Zip, ZipDeflate, ZipPassThrough, unzipSync } from 'fflate'
import { type BundleFiles, type ByteSource, openZip } from '@/lib/domain/case-bundle'
import { concat } from '@/lib/domain/provenance'

export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** A bundle that was unpacked into memory. */
export function inMemory(files: Files): BundleFiles {
  return {
    paths: [...files.keys()],
    faults: [],
    read: async (path) => Promise.resolve(files.get(path) ?? null),
  }
}

export function sourceOf(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: async (from, to) => Promise.resolve(bytes.slice(from, to)) }
}

export async function opened(bytes: Uint8Array): Promise<BundleFiles> {
  return openZip(sourceOf(bytes))
}

export function unpacked(zip: Uint8Array): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, new Uint8Array(bytes)]))
}

/** Packed as somebody else packs: deflated, perhaps in a folder. */
export function packedAgain(files: Files, { folder = '', deflate = true } = {}): Uint8Array {
  const pieces: Uint8Array[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(piece)
  })
  for (const [path, bytes] of files) {
    const file = deflate ? new ZipDeflate(`${folder}${path}`) : new ZipPassThrough(`${folder}${path}`)
    zip.add(file)
    file.push(bytes, true)
  }
  zip.end()
  return concat(...pieces)
}

/** The same bytes with one bit of one of them turned. */
export function changedAt(bytes: Uint8Array, at: number, bit = 0): Uint8Array<ArrayBuffer> {
  const other = new Uint8Array(bytes)
  other[at] = (other[at] ?? 0) ^ (1 << bit)
  return other
}
