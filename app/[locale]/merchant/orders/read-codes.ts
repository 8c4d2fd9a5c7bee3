import { MAX_CDK_LENGTH } from '@/lib/domain/stock'
import { Refusal } from '@/lib/kernel/refusal'
import { StockFileError, readStock, sniffStock } from '@/lib/stock-files'
import { MOST_CODES_BYTES } from './deliver-input'

/** More lines than any order has CDKs are not read. */
const MOST_LINES = 2_000

export interface ReadCodes {
  readonly fileName: string | null
  readonly lines: readonly { readonly line: number; readonly code: string }[]
  /** Lines that could not be read as they were meant. */
  readonly faults: readonly { readonly line: number; readonly verdict: string }[]
}

/**
 * Codes for one order, one to a line, nothing cut: out of the file if one was chosen, in the encoding that it is found to have,
 * else out of what was typed. Refuses `stock/too-large`, and `stock/unreadable` of what is no text.
 */
export async function readCodes(typed: string, file: File | undefined): Promise<ReadCodes> {
  const chosen = file && file.size > 0 ? file : null
  if (chosen && chosen.size > MOST_CODES_BYTES) throw new Refusal('stock/too-large')
  const bytes = chosen ? await chosen.bytes() : Buffer.from(typed, 'utf8')
  const encoding = chosen ? encodingOf(bytes, chosen.name) : 'utf-8'
  const lines: ReadCodes['lines'][number][] = []
  const faults: ReadCodes['faults'][number][] = []
  const shape = { format: 'lines', separator: null, header: false, encoding } as const
  const limits = { rowChars: MAX_CDK_LENGTH }
  for await (const { line, fields, fault } of readStock(whole(bytes), { ...shape, limits })) {
    if (line > MOST_LINES) break
    if (fault !== null) faults.push({ line, verdict: fault })
    lines.push({ line, code: fields[0] ?? '' })
  }
  return { fileName: chosen?.name.slice(0, 120) ?? null, lines, faults }
}

function encodingOf(bytes: Uint8Array, name: string) {
  try {
    const { format, encoding } = sniffStock(bytes, name)
    if (format !== 'xlsx') return encoding
  } catch (error) {
    if (!(error instanceof StockFileError)) throw error
  }
  throw new Refusal('stock/unreadable', { reason: 'binary' })
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(bytes)
}
