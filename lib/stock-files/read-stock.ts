import { createCsvReader } from './csv-reader'
import { decodeText } from './decode-text'
import { looksLikeHeader } from './header-names'
import { createJsonReader } from './json-reader'
import { createLineReader } from './line-reader'
import { hasBadText, type RowReader, type StockRow } from './stock-row'
import { READ_LIMITS, type ReadLimits, type StockShape } from './stock-shape'
import { readWorkbook } from './xlsx/read-workbook'

export interface ReadOptions extends StockShape {
  readonly limits?: Partial<ReadLimits>
}

/**
 * The rows of an upload, in order, as its bytes arrive, in constant memory. Faults of single rows are in the rows; a file
 * that cannot be read at all throws StockFileError. Leaving the loop early frees everything. Fields are pieces of larger
 * texts: whoever keeps many of them for long should copy them.
 */
export async function* readStock(
  bytes: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<StockRow, void, undefined> {
  const limits = { ...READ_LIMITS, ...options.limits }
  const legacy = options.format !== 'xlsx' && (options.encoding === 'gb18030' || options.encoding === 'big5')
  let columns: readonly string[] | null = null
  let headerAhead = options.header !== false
  const rows =
    options.format === 'xlsx' ? readWorkbook(bytes, options.separator, limits) : readText(bytes, options, limits)

  for await (const batch of rows) {
    for (const row of batch) {
      if (headerAhead && row.fault === null && row.fields.some((field) => field !== '')) {
        headerAhead = false
        const table = options.format === 'csv' || options.format === 'xlsx'
        if (row.columns === null && (options.header === true || looksLikeHeader(row.fields, table))) {
          columns = row.fields
          continue
        }
      }
      const bad = row.fault === null && hasBadText(row.fields, legacy)
      if (columns === null && !bad) yield row
      else {
        const { line, fields, rounded } = row
        yield { line, fields, columns: row.columns ?? columns, fault: bad ? 'bad-encoding' : row.fault, rounded }
      }
    }
  }
}

async function* readText(
  bytes: AsyncIterable<Uint8Array>,
  shape: StockShape,
  limits: ReadLimits,
): AsyncGenerator<StockRow[], void, undefined> {
  const reader = readerOf(shape, limits.rowChars)
  for await (const text of decodeText(bytes, shape.encoding)) yield reader.push(text)
  yield reader.end()
}

function readerOf({ format, separator }: StockShape, rowChars: number): RowReader {
  if (format === 'csv') return createCsvReader(separator ?? ',', rowChars)
  if (format === 'json') return createJsonReader(separator, rowChars)
  return createLineReader(separator, rowChars)
}
