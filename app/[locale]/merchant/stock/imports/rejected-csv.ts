import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import type { RejectedLine } from '@/lib/queries/merchant'
import { type ImportChoices, readStock } from '@/lib/stock-files'
import { type Rejection, isRejection } from './verdicts'

interface Words {
  readonly line: string
  readonly why: string
  readonly verdict: (verdict: Rejection) => string
  /** The name of a column, 0-based. */
  readonly column: (at: number) => string
}

interface Upload {
  readonly bytes: AsyncIterable<Uint8Array>
  readonly choices: ImportChoices
}

type Row = RejectedLine & { readonly fields: readonly string[] }

/**
 * The rejected lines in their order, with their fields as the upload has them, to be mended and sent again; made as it is read.
 * One column more than the upload's, for what stood in a line that was too long. Without an upload there are numbers and reasons only.
 */
export function rejectedCsv(
  lines: AsyncIterable<RejectedLine>,
  upload: Upload | null,
  words: Words,
): ReadableStream<Uint8Array> {
  const width = upload ? upload.choices.mapping.columns.length + 1 : 0
  const columns: CsvColumn<Row>[] = [
    { title: words.line, count: ({ line }) => line },
    { title: words.why, text: ({ verdict, column }) => reasonOf(words, verdict, column) },
    ...Array.from({ length: width }, (_, at) => ({
      title: words.column(at),
      // What is past the last column stands together, so that nothing of it is lost.
      text: ({ fields }: Row) => (at < width - 1 ? (fields[at] ?? null) : fields.slice(at).join(' ') || null),
    })),
  ]
  return toCsv(columns, withText(lines, upload))
}

function reasonOf(words: Words, verdict: string, column: number | null): string {
  const reason = isRejection(verdict) ? words.verdict(verdict) : verdict
  return column === null ? reason : `${reason} (${words.column(column)})`
}

/** Both come in the order of their lines, so one walk through the upload finds them all. */
async function* withText(lines: AsyncIterable<RejectedLine>, upload: Upload | null): AsyncGenerator<Row, void> {
  const rows = upload ? readStock(upload.bytes, upload.choices.shape) : null
  try {
    let row = await rows?.next()
    for await (const rejected of lines) {
      while (row && !row.done && row.value.line < rejected.line) row = await rows?.next()
      const found = row && !row.done && row.value.line === rejected.line ? row.value.fields : []
      yield { ...rejected, fields: found }
    }
  } finally {
    await rows?.return()
  }
}
