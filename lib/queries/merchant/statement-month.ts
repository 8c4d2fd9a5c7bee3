/** Months of statements are months in China, which has no summer time. */
export const STATEMENT_ZONE = 'Asia/Shanghai'
const OFFSET = '+08:00'
const NAME = /^20\d{2}-(?:0[1-9]|1[0-2])$/u

export interface Month {
  /** `2026-02`, as it stands in addresses. */
  readonly name: string
  readonly from: Date
  /** The first moment after it. */
  readonly to: Date
  /** Whether it is the present one, so that more may come. */
  readonly running: boolean
}

/** The month of that name; null when it is none, or has not begun at `now`. */
export function monthNamed(name: string, now: Date): Month | null {
  if (!NAME.test(name)) return null
  const [from, to] = [startOf(name), startOf(next(name))]
  return from > now ? null : { name, from, to, running: to > now }
}

/** Every month from the one that `first` falls into to the one of `now`, the latest first. */
export function monthsFrom(first: Date, now: Date): Month[] {
  const months: Month[] = []
  for (let month = monthNamed(nameOf(first), now); month; month = monthNamed(next(month.name), now))
    months.unshift(month)
  return months
}

function startOf(name: string): Date {
  return new Date(`${name}-01T00:00:00${OFFSET}`)
}

function next(name: string): string {
  const [year = 0, month = 0] = name.split('-').map(Number)
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 7)
}

function nameOf(at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: STATEMENT_ZONE, year: 'numeric', month: '2-digit' }).format(at)
}
