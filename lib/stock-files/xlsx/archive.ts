import { Readable } from 'node:stream'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { InvariantViolation } from '@/lib/kernel/invariant'
import { StockFileError } from '@/lib/stock-files/stock-file-error'
import type { ReadLimits } from '@/lib/stock-files/stock-shape'
import type { Scratch } from './scratch'

/** A part does not unpack to what the archive says of it. */
export class BrokenPart extends Error {
  override readonly name = 'BrokenPart'
}

const MAX_PARTS = 10_000
/** A part that we read has a short name; long ones are there to fill memory. */
const MAX_NAME_CHARS = 200
const PIECE_BYTES = 64 * 1024
/** Below this a part may be as repetitive as it likes: a sheet of equal rows packs a thousand to one. */
const FREE_BYTES = 16 * 1024 * 1024

/** The parts of a zip archive by name, unpacked as they are read and never further than the limits allow. */
export interface Archive {
  has(name: string): boolean
  read(name: string): AsyncGenerator<Uint8Array, void, undefined>
}

/** Refuses what is no zip archive (`broken-archive`). What it declares of its parts' sizes is checked against what comes out. */
export async function openArchive(scratch: Scratch, limits: ReadLimits): Promise<Archive> {
  const parts = new Map<string, Entry>()
  let zip: ZipFile
  try {
    zip = await fromRandomAccessReaderPromise(new ScratchReader(scratch), scratch.size, { autoClose: false })
    if (zip.entryCount > MAX_PARTS) throw new StockFileError('unpacks-too-far')
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.length <= MAX_NAME_CHARS) parts.set(entry.fileName.toLowerCase(), entry)
    }
  } catch (error) {
    throw isOurs(error) ? error : new StockFileError('broken-archive', error)
  }
  let unpacked = 0

  return {
    has: (name) => parts.has(name.toLowerCase()),
    async *read(name) {
      const entry = parts.get(name.toLowerCase())
      if (!entry || entry.isEncrypted()) throw new StockFileError('not-a-workbook')
      const most = Math.max(FREE_BYTES, entry.compressedSize * limits.unpackRatio)
      let size = 0
      try {
        const stream: AsyncIterable<unknown> = await zip.openReadStreamPromise(entry)
        for await (const chunk of stream) {
          if (!(chunk instanceof Uint8Array)) continue
          size += chunk.length
          unpacked += chunk.length
          if (size > most || unpacked > limits.unpackedBytes) throw new StockFileError('unpacks-too-far')
          yield chunk
        }
      } catch (error) {
        throw isOurs(error) ? error : new BrokenPart('does not unpack', { cause: error })
      }
    },
  }
}

/** Our limits, our bugs and our disk; anything else that unpacking throws is about the archive. */
function isOurs(error: unknown): boolean {
  if (error instanceof StockFileError || error instanceof InvariantViolation) return true
  return error instanceof Error && 'syscall' in error
}

class ScratchReader extends RandomAccessReader {
  readonly #scratch: Scratch

  constructor(scratch: Scratch) {
    super()
    this.#scratch = scratch
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(piecesOf(this.#scratch, start, end), { objectMode: false })
  }
}

async function* piecesOf(scratch: Scratch, start: number, end: number): AsyncGenerator<Buffer, void, undefined> {
  for (let at = start; at < end; at += PIECE_BYTES) yield await scratch.read(at, Math.min(end, at + PIECE_BYTES))
}
