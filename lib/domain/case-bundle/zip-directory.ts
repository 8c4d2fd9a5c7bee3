import type { CaseProblemCode } from './report'
import type { ByteSource } from './zip-reader'

export interface ZipEntry {
  readonly path: string
  readonly method: number
  readonly encrypted: boolean
  readonly crc: number
  readonly packedCount: number
  readonly byteCount: number
  /** Of its local header. */
  readonly offset: number
}

const END = 0x06_05_4b_50
const END_BYTES = 22
const MOST_COMMENT = 0xff_ff
const ENTRY = 0x02_01_4b_50
const ENTRY_BYTES = 46
const MOST_ENTRIES = 5000
const MOST_DIRECTORY_BYTES = 4 * 1024 * 1024
const LOCAL_START = [0x50, 0x4b, 0x03, 0x04]

/** The central directory at an archive's end, or what is wrong with it. */
export async function readDirectory(source: ByteSource): Promise<readonly ZipEntry[] | CaseProblemCode> {
  const tailAt = Math.max(0, source.size - END_BYTES - MOST_COMMENT)
  const tail = await source.read(tailAt, source.size)
  const end = findEnd(tail)
  if (end === null) return (await beginsAsZip(source)) ? 'zip-truncated' : 'zip-malformed'
  const view = new DataView(tail.buffer, end)
  const [count, length, offset] = [view.getUint16(10, true), view.getUint32(12, true), view.getUint32(16, true)]
  if (view.getUint16(4, true) !== 0 || view.getUint16(8, true) !== count || offset === 0xff_ff_ff_ff) {
    return 'zip-unsupported'
  }
  if (count > MOST_ENTRIES || length > MOST_DIRECTORY_BYTES) return 'zip-too-large'
  if (offset + length > tailAt + end) return 'zip-truncated'
  return readEntries(await source.read(offset, offset + length), count) ?? 'zip-malformed'
}

function findEnd(tail: Uint8Array<ArrayBuffer>): number | null {
  const view = new DataView(tail.buffer)
  for (let at = tail.length - END_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === END && at + END_BYTES + view.getUint16(at + 20, true) === tail.length) return at
  }
  return null
}

function readEntries(bytes: Uint8Array<ArrayBuffer>, count: number): ZipEntry[] | null {
  const view = new DataView(bytes.buffer)
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY) return null
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true))
    const next = at + ENTRY_BYTES + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
    if (next > bytes.length) return null
    entries.push({
      path: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + (name ?? 0))),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedCount: view.getUint32(at + 20, true),
      byteCount: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  return at === bytes.length ? entries : null
}

/** What began as an archive and has no end was cut off; anything else never was one. */
async function beginsAsZip(source: ByteSource): Promise<boolean> {
  const start = await source.read(0, Math.min(LOCAL_START.length, source.size))
  return LOCAL_START.every((byte, at) => start[at] === byte)
}
