import { detectCsvSeparator, detectSeparator } from './detect-separator'
import { type EncodingGuess, guessEncoding } from './guess-encoding'
import { fieldNamed } from './header-names'
import { createJsonReader } from './json-reader'
import { StockFileError } from './stock-file-error'
import { READ_LIMITS, type StockShape } from './stock-shape'

/** As many of a file's first bytes are looked at. */
export const SNIFF_BYTES = 64 * 1024

export interface SniffedStock extends StockShape {
  readonly encodingReason: EncodingGuess['reason'] | 'workbook'
  /** What spoke for the format. A name that its content belies does not count. */
  readonly formatReason: 'content' | 'name' | 'nothing-else'
}

/**
 * How to read an upload, from its first bytes and its name; any part of it may be set otherwise by the merchant.
 * Refuses (StockFileError) `old-workbook` for .xls and workbooks with a password, `binary` for what is no text.
 */
export function sniffStock(firstBytes: Uint8Array, fileName: string | null): SniffedStock {
  const sample = firstBytes.subarray(0, SNIFF_BYTES)
  const [one, two, three, four] = sample
  if (one === 0x50 && two === 0x4b && ((three === 3 && four === 4) || (three === 5 && four === 6))) {
    const shape = { format: 'xlsx', encoding: 'utf-8', separator: null, header: 'auto' } as const
    return { ...shape, encodingReason: 'workbook', formatReason: 'content' }
  }
  if (one === 0xd0 && two === 0xcf && three === 0x11 && four === 0xe0) throw new StockFileError('old-workbook')
  const guess = guessEncoding(sample)
  if (!guess) throw new StockFileError('binary')
  const text = new TextDecoder(guess.encoding).decode(sample, { stream: true })
  return { ...textShape(text, fileName, guess.encoding), encodingReason: guess.reason }
}

function textShape(
  text: string,
  fileName: string | null,
  encoding: StockShape['encoding'],
): StockShape & Pick<SniffedStock, 'formatReason'> {
  const common = { encoding, header: 'auto' } as const
  if (looksLikeJson(text)) {
    return { ...common, format: 'json', separator: separatorInJson(text), formatReason: 'content' }
  }
  const lines = wholeLines(text)
  const isNamedTable = /\.(?:csv|tsv)$/iu.test(fileName ?? '')
  const separator = detectSeparator(lines)
  if (looksQuoted(lines) || namesColumns(lines)) {
    return { ...common, format: 'csv', separator: detectCsvSeparator(lines), formatReason: 'content' }
  }
  // A list that someone named .csv: its separator is none that a CSV has.
  if (isNamedTable && separator !== '----' && separator !== '║') {
    return { ...common, format: 'csv', separator: detectCsvSeparator(lines), formatReason: 'name' }
  }
  return { ...common, format: 'lines', separator, formatReason: isNamedTable ? 'content' : 'nothing-else' }
}

/** Codes in brackets begin like JSON too; what follows the bracket tells. */
function looksLikeJson(text: string): boolean {
  return /^\s*(?:\[\s*(?:["{\]]|-?\d[\d.eE+-]*\s*[,\]]|$)|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}|$))/u.test(text)
}

function separatorInJson(text: string): StockShape['separator'] {
  const rows = createJsonReader(null, READ_LIMITS.rowChars).push(text)
  const alone = rows.filter((row) => row.columns === null && row.fault === null && row.fields.length === 1)
  return detectSeparator(alone.map(({ fields }) => fields[0] ?? ''))
}

/** The last line of a sample is most often cut off. */
function wholeLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/u)
  return lines.length > 1 ? lines.slice(0, -1) : lines
}

function looksQuoted(lines: readonly string[]): boolean {
  const filled = lines.filter((line) => line.trim() !== '')
  const quoted = filled.filter((line) => /^\s*"(?:[^"]|"")*"\s*(?:[,;\t|]|$)/u.test(line))
  return filled.length > 0 && quoted.length >= filled.length * 0.8
}

/** A first line of at least two names between commas, tabs or semicolons, one of them `secret` or the like. */
function namesColumns(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  return [',', '\t', ';'].some((separator) => {
    const names = first.split(separator).map((name) => fieldNamed(name))
    return names.length > 1 && names.filter((name) => name !== null).length * 2 >= names.length
  })
}
