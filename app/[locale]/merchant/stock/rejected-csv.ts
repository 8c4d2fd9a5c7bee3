import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import type { RejectedLine, Rejection } from './upload-report'

interface Words {
  readonly line: string
  readonly why: string
  readonly verdict: (verdict: Rejection) => string
  /** The name of a column, 0-based, as the preview calls it. */
  readonly column: (at: number) => string
}

/**
 * The rejected lines with their fields, to be mended and sent again. Made while the upload is in memory and given to the
 * browser that sent it: nothing is kept here. Without the byte order mark, which whoever saves it puts in front.
 */
export async function rejectedCsv(
  rejected: readonly RejectedLine[],
  fields: ReadonlyMap<number, readonly string[]>,
  words: Words,
): Promise<string | null> {
  if (rejected.length === 0) return null
  const width = rejected.reduce((most, { line }) => Math.max(most, fields.get(line)?.length ?? 0), 0)
  const columns: CsvColumn<RejectedLine>[] = [
    { title: words.line, count: ({ line }) => line },
    {
      title: words.why,
      text: ({ verdict, column }) =>
        column === null ? words.verdict(verdict) : `${words.verdict(verdict)} (${words.column(column)})`,
    },
    ...Array.from({ length: width }, (_, at) => ({
      title: words.column(at),
      text: ({ line }: RejectedLine) => fields.get(line)?.[at] ?? null,
    })),
  ]
  return new Response(toCsv(columns, rejected)).text()
}
