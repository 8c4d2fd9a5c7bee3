import type { LineVerdict } from '@/lib/domain/stock'
import type { Rejection as FileRejection } from '@/lib/stock-files'

/** 8 MiB; next.config lets a little more through, so that the refusal can be said in words. */
export const MOST_UPLOAD_BYTES = 8 * 1024 * 1024
export const LINES_SHOWN = 200

/** Every reason for which a line is not taken, in the order in which a report counts them. */
export const REJECTIONS = [
  'duplicate-in-file',
  'duplicate-in-stock',
  'too-long',
  'empty',
  'missing-field',
  'too-many-fields',
  'bad-encoding',
  'bad-quoting',
  'unreadable-rest',
  'rounded-number',
  'bad-expiry',
  'expired',
  'bad-cost',
] as const satisfies readonly (FileRejection | LineVerdict)[]
export type Rejection = (typeof REJECTIONS)[number]
export type Verdict = 'accepted' | Rejection

export interface RejectedLine {
  readonly line: number
  readonly verdict: Rejection
  /** 0-based, where the reason lies; null when in no one column. */
  readonly column: number | null
}

/** Lines `from`..`to` that were rejected for the same reason. */
export interface RejectedRun {
  readonly from: number
  readonly to: number
  readonly verdict: Rejection
  readonly column: number | null
}

export interface UploadReport {
  /** False for a dry run, and when all-or-nothing took nothing: then `accepted` are those that would be taken. */
  readonly stored: boolean
  readonly counts: Readonly<Record<Verdict, number>>
  readonly runs: readonly RejectedRun[]
  /** The rejected lines with their text, for the merchant who sent them; null when there are none or nobody can save it. */
  readonly csv: string | null
}

export function countVerdicts(accepted: number, rejected: readonly RejectedLine[]): UploadReport['counts'] {
  const counts = Object.fromEntries(REJECTIONS.map((verdict) => [verdict, 0])) as Record<Rejection, number>
  for (const { verdict } of rejected) counts[verdict] += 1
  return { accepted, ...counts }
}

/** The lines without a row for each: 200,000 rejected lines must not become 200,000 objects in the page. */
export function shorten(rejected: readonly RejectedLine[]): RejectedRun[] {
  const runs: { from: number; to: number; verdict: Rejection; column: number | null }[] = []
  for (const { line, verdict, column } of rejected) {
    const last = runs.at(-1)
    if (last && last.verdict === verdict && last.column === column && last.to === line - 1) last.to = line
    else runs.push({ from: line, to: line, verdict, column })
  }
  return runs
}

/** The first rejected lines, one by one. */
export function firstLines(runs: readonly RejectedRun[], most: number): RejectedLine[] {
  const lines: RejectedLine[] = []
  for (const { from, to, verdict, column } of runs) {
    for (let line = from; line <= to && lines.length < most; line++) lines.push({ line, verdict, column })
  }
  return lines
}
