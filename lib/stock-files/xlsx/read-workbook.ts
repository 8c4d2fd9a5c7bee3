import { StockFileError } from '@/lib/stock-files/stock-file-error'
import { cutFields, SHOWN_CHARS, type StockRow, tidy } from '@/lib/stock-files/stock-row'
import type { ReadLimits, Separator } from '@/lib/stock-files/stock-shape'
import { BrokenPart, openArchive } from './archive'
import { cellText } from './cell-text'
import { type NumberFormat, readNumberFormats } from './number-formats'
import { readPart } from './read-part'
import { Scratch } from './scratch'
import { readSharedStrings, type SharedStrings } from './shared-strings'
import { type SheetRow, SheetRows } from './sheet-rows'
import { findWorkbook } from './workbook'
import { BrokenXml } from './xml-scanner'

interface Book {
  readonly strings: SharedStrings
  readonly formats: readonly (NumberFormat | null)[]
  readonly from1904: boolean
}

/**
 * Rows of the first sheet. A workbook is read from its end, so its bytes are first put into an encrypted scratch; rows
 * without a value are passed over. Where the sheet breaks off, the last row says `unreadable-rest`.
 */
export async function* readWorkbook(
  bytes: AsyncIterable<Uint8Array>,
  separator: Separator | null,
  limits: ReadLimits,
): AsyncGenerator<StockRow[], void, undefined> {
  const file = new Scratch()
  const texts = new Scratch()
  let last = 0
  let begun = false
  try {
    for await (const chunk of bytes) {
      if (file.size + chunk.length > limits.workbookBytes) throw new StockFileError('too-large')
      await file.append(chunk)
    }
    const archive = await openArchive(file, limits)
    const { sheet, sharedStrings, styles, from1904 } = await findWorkbook(archive)
    begun = true
    const formats = await readNumberFormats(archive, styles)
    const strings = await readSharedStrings(archive, sharedStrings, texts, limits.rowChars)
    const rows = new SheetRows(limits.rowChars)
    for await (const _ of readPart(archive, sheet, rows)) {
      const found: StockRow[] = []
      for (const row of rows.take()) {
        found.push(await rowOf(row, { strings, formats, from1904 }, separator, limits.rowChars))
        last = row.line
      }
      if (found.length > 0) yield found
    }
  } catch (error) {
    if (!(error instanceof BrokenPart || error instanceof BrokenXml)) throw error
    if (!begun) throw new StockFileError('not-a-workbook', error)
    // Damaged inside: what came before stands, and the merchant is told where it ends.
    yield [{ line: last + 1, fields: [], columns: null, fault: 'unreadable-rest', rounded: null }]
  } finally {
    await Promise.all([file.close(), texts.close()])
  }
}

async function rowOf(row: SheetRow, book: Book, separator: Separator | null, rowChars: number): Promise<StockRow> {
  const fields: string[] = []
  const rounded: number[] = []
  let chars = 0
  for (const { column, type, style, value } of row.cells) {
    let raw: string | null = value
    if (type === 's') {
      const text = book.strings.get(Number(value))
      // Awaiting only what must be fetched keeps a million rows from waiting a million times.
      raw = text instanceof Promise ? await text : text
    }
    const cell = cellText(type, raw ?? '', book.formats[style] ?? null, book.from1904)
    while (fields.length < column) fields.push('')
    fields[column] = tidy(cell.text)
    if (cell.rounded) rounded.push(column)
    chars += cell.text.length
  }
  const [first = ''] = fields
  const cut = fields.length === 1 && separator !== null ? cutFields(first, separator) : fields
  const tooLong = chars > rowChars
  return {
    line: row.line,
    fields: tooLong ? [(fields.find((field) => field !== '') ?? '').slice(0, SHOWN_CHARS)] : cut,
    columns: null,
    fault: tooLong ? 'too-long' : null,
    rounded: rounded.length > 0 ? rounded : null,
  }
}
