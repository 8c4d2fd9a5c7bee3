import { detectSeparator } from './detect-separator'
import { readStock } from './read-stock'
import { SNIFF_BYTES, type SniffedStock, sniffStock } from './sniff-stock'
import type { StockRow } from './stock-row'
import type { StockShape } from './stock-shape'
import { type SuggestedMapping, suggestMapping } from './suggest-mapping'

const SAMPLE_ROWS = 200

export interface StockPreview {
  readonly shape: StockShape
  readonly sniffed: SniffedStock
  /** The first rows, cut as `shape` says. */
  readonly rows: readonly StockRow[]
  readonly mapping: SuggestedMapping
}

/**
 * What a merchant is shown before an import: how the file would be read and what its columns would mean. `open` gives the
 * bytes from the beginning, as often as it is called; `chosen` is what the merchant has set otherwise. Throws StockFileError.
 */
export async function previewStock(
  open: () => AsyncIterable<Uint8Array>,
  fileName: string | null,
  chosen: Partial<StockShape> = {},
): Promise<StockPreview> {
  const sniffed = sniffStock(await firstBytes(open()), fileName)
  let shape: StockShape = { ...sniffed, ...chosen }
  let rows = await firstRows(open(), shape)
  if (shape.format === 'xlsx' && chosen.separator === undefined && rows.every(({ fields }) => fields.length <= 1)) {
    // A list of lines that was pasted into one column of a sheet.
    const separator = detectSeparator(rows.map(({ fields }) => fields[0] ?? ''))
    if (separator !== null) {
      shape = { ...shape, separator }
      rows = await firstRows(open(), shape)
    }
  }
  return { shape, sniffed, rows, mapping: suggestMapping(rows) }
}

async function firstBytes(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes) {
    pieces.push(piece.subarray(0, SNIFF_BYTES))
    size += piece.length
    if (size >= SNIFF_BYTES) break
  }
  return Buffer.concat(pieces).subarray(0, SNIFF_BYTES)
}

async function firstRows(bytes: AsyncIterable<Uint8Array>, shape: StockShape): Promise<StockRow[]> {
  const rows: StockRow[] = []
  for await (const row of readStock(bytes, shape)) {
    rows.push(row)
    if (rows.length === SAMPLE_ROWS) break
  }
  return rows
}
