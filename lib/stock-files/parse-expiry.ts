import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/kernel/time'

/** A moment in UTC until which, and no longer, a unit is good; `never` for those that say so; null for what is no date. */
export type Expiry = Date | 'never' | null

/** Longer than any date, shorter than what a pattern could be made to chew on. */
const MAX_CHARS = 40
/** Dates without a zone are Chinese ones. China has kept UTC+8 all year since 1991. */
const SHANGHAI_MS = 8 * HOUR_MS
const NEVER =
  /^(?:never|none|no|n\/a|permanent|forever|unlimited|永久|永久有效|长期|长期有效|長期|無|无|无限期|不限|-|—|\/)$/iu
const FULL =
  /^(\d{4})(?:\s*[-/.年]\s*)(\d{1,2})(?:\s*[-/.月]\s*)(\d{1,2})\s*[日号]?(?:[T\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/iu
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/u
const MONTH = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/u
const MONTH_LAST = /^(\d{1,2})\s*[-/.]\s*(\d{4})$/u
const DAY_OR_MONTH_FIRST = /^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})$/u
/** Days since 1899-12-30 of 2000 to 2100: a workbook's date that lost its format on the way through CSV. */
const SERIAL = /^([34567]\d{4})(?:\.\d+)?$/u
const EPOCH = /^(\d{10})(\d{3})?$/u

/**
 * When a unit expires, as people write it: `2026-12-31`, `2026/12/31 18:00`, `20261231`, `2026年12月31日`, `2026-12` (end of
 * the month), ISO with a zone, seconds or milliseconds since 1970, a workbook's count of days. A date alone lasts until
 * 23:59:59 in Shanghai. `03/04/2026` is nobody's date: which of the two is the month cannot be told, so it is null.
 */
export function parseExpiry(text: string): Expiry {
  if (text.length > MAX_CHARS) return null
  const value = text.normalize('NFKC').trim()
  if (NEVER.test(value)) return 'never'
  const full = FULL.exec(value)
  if (full) return fromFull(full)
  const compact = COMPACT.exec(value)
  if (compact) return endOfDay(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const month = MONTH.exec(value)
  if (month) return endOfMonth(Number(month[1]), Number(month[2]))
  const monthLast = MONTH_LAST.exec(value)
  if (monthLast) return endOfMonth(Number(monthLast[2]), Number(monthLast[1]))
  const either = DAY_OR_MONTH_FIRST.exec(value)
  if (either) return fromEither(Number(either[1]), Number(either[2]), Number(either[3]))
  const serial = SERIAL.exec(value)
  if (serial) {
    const at = new Date((Number(serial[1]) - 25_569) * DAY_MS)
    return endOfDay(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
  }
  const epoch = EPOCH.exec(value)
  return epoch ? new Date(Number(epoch[1]) * SECOND_MS) : null
}

function fromFull(match: RegExpExecArray): Expiry {
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part))
  if (year === undefined || month === undefined || day === undefined) return null
  if (match[4] === undefined) return endOfDay(year, month, day)
  const [h = 0, m = 0, s = 0] = [hour, minute, match[6] === undefined ? 0 : second]
  if (!isDay(year, month, day) || h > 24 || (h === 24 && m + s > 0) || m > 59 || s > 59) return null
  return new Date(Date.UTC(year, month - 1, day, h, m, s) - zoneMs(match[7]))
}

function fromEither(first: number, second: number, year: number): Expiry {
  if (first > 12) return endOfDay(year, second, first)
  if (second > 12 || first === second) return endOfDay(year, first, second)
  return null
}

function endOfDay(year: number, month: number, day: number): Expiry {
  if (!isDay(year, month, day)) return null
  return new Date(Date.UTC(year, month - 1, day, 23, 59, 59) - SHANGHAI_MS)
}

function endOfMonth(year: number, month: number): Expiry {
  return month >= 1 && month <= 12 ? endOfDay(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate()) : null
}

/** Whether the calendar has the day; years beyond these are typing errors. */
function isDay(year: number, month: number, day: number): boolean {
  if (year < 2000 || year > 2199) return false
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
}

function zoneMs(zone: string | undefined): number {
  if (zone === undefined) return SHANGHAI_MS
  if (zone.toUpperCase() === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -1 : 1) * minutes * 60 * SECOND_MS
}
