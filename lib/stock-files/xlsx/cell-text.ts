import { plainNumber } from '@/lib/stock-files/plain-number'
import { DAY_MS, SECOND_MS } from '@/lib/kernel/time'
import type { NumberFormat } from './number-formats'

export interface CellText {
  readonly text: string
  readonly rounded: boolean
}

const SERIAL_DAYS_1900 = 25_569
const SERIAL_DAYS_1904 = 24_107
const LAST_SERIAL = 2_958_466

/** What a cell of type `type` with the value `raw` shows. An error (`#N/A`) shows nothing: it is never sold as a code. */
export function cellText(type: string, raw: string, format: NumberFormat | null, from1904: boolean): CellText {
  if (type === 'e') return { text: '', rounded: false }
  if (type === 'b') return { text: raw === '1' ? 'TRUE' : raw === '0' ? 'FALSE' : raw, rounded: false }
  if (type !== 'n') return { text: unescapeText(raw), rounded: false }
  const number = plainNumber(raw.trim())
  if (!number) return { text: raw, rounded: false }
  if (format?.kind === 'date') {
    const text = momentText(Number(raw), from1904)
    if (text !== null) return { text, rounded: false }
  }
  if (format?.kind === 'zeros' && /^\d+$/u.test(number.text)) {
    return { text: number.text.padStart(format.width, '0'), rounded: number.rounded }
  }
  return number
}

/** A count of days as `2026-12-31` or `2026-12-31 18:30:00`, in the zone of whoever typed it. */
function momentText(serial: number, from1904: boolean): string | null {
  if (!(serial >= 1 && serial < LAST_SERIAL)) return null
  const days = serial - (from1904 ? SERIAL_DAYS_1904 : SERIAL_DAYS_1900)
  const at = new Date(Math.round((days * DAY_MS) / SECOND_MS) * SECOND_MS)
  const iso = at.toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`
}

/** Workbooks write characters that XML has no room for as `_x000D_`. */
function unescapeText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replaceAll(/_x([\da-fA-F]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
