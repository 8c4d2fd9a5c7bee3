import type { Bytes } from '@/lib/domain/provenance/bytes'
import { crc32 } from './crc32'
import { inflateBounded } from './inflate-bounded'
import type { CaseProblem, CaseProblemCode } from './report'
import { type ZipEntry, readDirectory } from './zip-directory'

/** Bytes that can be read from anywhere: a file on a disk, or one that a browser was given. */
export interface ByteSource {
  readonly size: number
  readonly read: (from: number, to: number) => Promise<Bytes>
}

/** The files of a bundle, each read when it is asked for. */
export interface BundleFiles {
  readonly paths: readonly string[]
  /** Null when it is damaged. */
  readonly read: (path: string) => Promise<Bytes | null>
  /** What is wrong with the archive as such. */
  readonly faults: readonly CaseProblem[]
}

/** Larger files stand in no bundle: evidence has 200 MB at most. */
const MOST_FILE_BYTES = 256 * 1024 * 1024
const MOST_BYTES = 4 * 1024 * 1024 * 1024
const LOCAL = 0x04_03_4b_50
const LOCAL_BYTES = 30
const [STORED, DEFLATED] = [0, 8]
/** Names that other computers put beside files when a folder is packed again. */
const LEFT_BEHIND = /^__MACOSX\/|(?:^|\/)(?:\.DS_Store|desktop\.ini|Thumbs\.db)$/u

/**
 * Opens a ZIP archive; reads its directory only. Bundles are packed without compression, those that somebody packed again with it:
 * both are read, at most `MOST_FILE_BYTES` a file and never more than the directory declares (no archive unpacks to more than it says).
 * A single folder around everything is passed over. Never throws on a bad file.
 */
export async function openZip(source: ByteSource): Promise<BundleFiles> {
  const directory = await readDirectory(source)
  if (typeof directory === 'string')
    return { paths: [], read: async () => Promise.resolve(null), faults: [at(directory)] }
  const kept = directory.filter(({ path }) => !path.endsWith('/') && !LEFT_BEHIND.test(path))
  const folder = folderAround(kept)
  const entries = new Map<string, ZipEntry>()
  const faults: CaseProblem[] = []
  let byteCount = 0
  for (const entry of kept) {
    const path = entry.path.slice(folder.length)
    byteCount += entry.byteCount
    if (!isSafe(path)) faults.push(at('zip-path', path))
    else if (entries.has(path)) faults.push(at('zip-twice', path))
    else if (entry.encrypted || (entry.method !== STORED && entry.method !== DEFLATED)) {
      faults.push(at('zip-unsupported', path))
    } else if (entry.byteCount > MOST_FILE_BYTES || byteCount > MOST_BYTES) faults.push(at('zip-too-large', path))
    else entries.set(path, entry)
  }
  return {
    paths: [...entries.keys()],
    faults,
    async read(path) {
      const entry = entries.get(path)
      return entry ? readEntry(source, entry) : null
    },
  }
}

async function readEntry(source: ByteSource, entry: ZipEntry): Promise<Bytes | null> {
  const { offset, packedCount, byteCount, method } = entry
  if (offset + LOCAL_BYTES > source.size) return null
  const head = new DataView((await source.read(offset, offset + LOCAL_BYTES)).buffer)
  if (head.getUint32(0, true) !== LOCAL || head.getUint16(8, true) !== method) return null
  const named = offset + LOCAL_BYTES
  const begin = named + head.getUint16(26, true) + head.getUint16(28, true)
  if (begin + packedCount > source.size) return null
  const name = await source.read(named, named + head.getUint16(26, true))
  if (new TextDecoder().decode(name) !== entry.path) return null
  const packed = await source.read(begin, begin + packedCount)
  const bytes = method === STORED ? (packedCount === byteCount ? packed : null) : inflateBounded(packed, byteCount)
  return bytes && crc32(bytes) === entry.crc ? bytes : null
}

/** `name/` when everything stands in that one folder, else nothing. */
function folderAround(entries: readonly ZipEntry[]): string {
  const [first] = entries
  const folder = first?.path.slice(0, first.path.indexOf('/') + 1) ?? ''
  const around = folder !== '' && entries.every(({ path }) => path.startsWith(folder))
  return around && entries.some(({ path }) => path === `${folder}manifest.json`) ? folder : ''
}

function isSafe(path: string): boolean {
  return (
    path !== '' &&
    !/^\/|\\|^[A-Za-z]:|\p{Cc}/u.test(path) &&
    !path.split('/').some((part) => part === '..' || part === '.')
  )
}

function at(code: CaseProblemCode, where = ''): CaseProblem {
  return { code, where }
}
