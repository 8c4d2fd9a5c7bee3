import type { ImportState } from '@/lib/infra/prisma/enums'

/** How far an import is, as its row stands. */
export interface ImportStanding {
  readonly state: ImportState
  readonly allOrNothing: boolean
  readonly linesTotal: number | null
  readonly linesDone: number
  readonly byteCount: number
  readonly bytesDone: number
  readonly startedAt: Date | null
}

export interface ImportProgress {
  readonly linesDone: number
  readonly linesTotal: number | null
  /** 0 to 1: of the lines when their number is known, else of the bytes. */
  readonly share: number
  /** Since the work began; null while there is nothing to reckon from. */
  readonly linesPerSecond: number | null
  readonly secondsLeft: number | null
}

/** Rate and remaining time. All-or-nothing goes through the lines twice: it counts them first, and takes them when none is faulty. */
export function progressOf(standing: ImportStanding, now: Date): ImportProgress {
  const { state, linesTotal, linesDone, byteCount, bytesDone, startedAt } = standing
  const passes = state === 'RUNNING' && standing.allOrNothing ? 2 : 1
  const before = passes === 2 && linesTotal !== null ? 1 : 0
  const ofPass = linesTotal === null ? ratio(bytesDone, byteCount) : ratio(linesDone, linesTotal)
  const share = (before + ofPass) / passes
  const lines = linesDone + before * (linesTotal ?? 0)
  const seconds = startedAt === null ? 0 : (now.getTime() - startedAt.getTime()) / 1_000
  const known = seconds > 0 && lines > 0 && share > 0
  return {
    linesDone,
    linesTotal,
    share,
    linesPerSecond: known ? Math.round(lines / seconds) : null,
    secondsLeft: known ? Math.round((seconds * (1 - share)) / share) : null,
  }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0
}
