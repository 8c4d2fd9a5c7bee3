import { invariant } from '@/lib/kernel/invariant'
import type { Minor } from '@/lib/kernel/money'

/** One column of a CSV file; what it holds decides how it is written. Null is an empty cell. */
export type CsvColumn<Row> = { readonly title: string } & (
  | { readonly text: (row: Row) => string | null }
  /** Letter by letter, also what a spreadsheet would run: a code with an apostrophe in front is another code. */
  | { readonly exact: (row: Row) => string | null }
  /** Minor units, written with two decimals and no currency: `-12.30`. */
  | { readonly minor: (row: Row) => Minor | null }
  | { readonly count: (row: Row) => number | null }
  /** Written as ISO 8601 in UTC. */
  | { readonly at: (row: Row) => Date | null }
)

const BOM = '\uFEFF'
const CHUNK = 32 * 1024
// The full-width forms are formulas to spreadsheets in East Asian languages.
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u
const TO_QUOTE = /[",\r\n]/u

/**
 * RFC 4180 with CRLF, and a byte order mark so that the usual spreadsheet reads Chinese. Texts that a spreadsheet would run
 * as a formula get an apostrophe in front; numbers stay numbers.
 *
 * Rows are asked for as the reader takes them, so that an export of any length uses the same memory; when the reader
 * goes away the rows' iterator is returned. An error of the rows fails the stream.
 */
export function toCsv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const lines = linesOf(columns, rows)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let chunk = ''
        let done = false
        while (!done && chunk.length < CHUNK) {
          const next = await lines.next()
          if (next.done) done = true
          else chunk += next.value
        }
        if (chunk) controller.enqueue(encoder.encode(chunk))
        if (done) controller.close()
      },
      async cancel() {
        await lines.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function* linesOf<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<string, void> {
  yield BOM + line(columns.map(({ title }) => textCell(title)))
  for await (const row of rows) yield line(columns.map((column) => cellOf(column, row)))
}

function line(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`
}

function cellOf<Row>(column: CsvColumn<Row>, row: Row): string {
  if ('text' in column) return textCell(column.text(row) ?? '')
  if ('exact' in column) return quoted(column.exact(row) ?? '')
  if ('minor' in column) return decimal(column.minor(row))
  if ('count' in column) return column.count(row)?.toString() ?? ''
  return column.at(row)?.toISOString() ?? ''
}

function textCell(text: string): string {
  return quoted(FORMULA.test(text) ? `'${text}` : text)
}

function quoted(text: string): string {
  return TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function decimal(minor: Minor | null): string {
  if (minor === null) return ''
  invariant(Number.isSafeInteger(minor), 'an amount is whole minor units')
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
