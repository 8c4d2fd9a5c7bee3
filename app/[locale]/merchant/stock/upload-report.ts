import type { ImportReport, LineVerdict } from '@/lib/domain/stock'

/** 8 MiB; next.config lets a little more through, so that the refusal can be said in words. */
export const MOST_UPLOAD_BYTES = 8 * 1024 * 1024
export const LINES_SHOWN = 200

export type Rejection = Exclude<LineVerdict, 'accepted'>

/** Lines `from`..`to` that were rejected for the same reason. */
export interface RejectedRun {
  readonly from: number
  readonly to: number
  readonly verdict: Rejection
}

export interface UploadReport {
  readonly counts: Readonly<Record<LineVerdict, number>>
  readonly runs: readonly RejectedRun[]
}

/** The report without a row per line: 200,000 rejected lines must not become 200,000 objects in the page. */
export function shorten({ counts, rejected }: ImportReport): UploadReport {
  const runs: { from: number; to: number; verdict: Rejection }[] = []
  for (const { line, verdict } of rejected) {
    const last = runs.at(-1)
    if (last && last.verdict === verdict && last.to === line - 1) last.to = line
    else runs.push({ from: line, to: line, verdict })
  }
  return { counts, runs }
}

/** The first rejected lines, one by one. */
export function firstLines(runs: readonly RejectedRun[], most: number): { line: number; verdict: Rejection }[] {
  const lines: { line: number; verdict: Rejection }[] = []
  for (const { from, to, verdict } of runs) {
    for (let line = from; line <= to && lines.length < most; line++) lines.push({ line, verdict })
  }
  return lines
}

/** Every rejected line as CSV: number and verdict, never the text. */
export function rejectedCsv(
  runs: readonly RejectedRun[],
  words: Readonly<Record<Rejection, string>>,
  header: readonly [string, string],
): string {
  const rows = [header.join(',')]
  for (const { from, to, verdict } of runs)
    for (let line = from; line <= to; line++) rows.push(`${line},${words[verdict]}`)
  return `\uFEFF${rows.join('\r\n')}\r\n`
}
