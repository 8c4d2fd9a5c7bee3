import { MAX_COLUMNS, type Separator } from './stock-shape'

/** One row of an upload as it was found, not yet judged. */
export interface StockRow {
  /** 1-based: the line on which the row begins (`lines`, `csv`), the sheet's row (`xlsx`), the entry (`json`). */
  readonly line: number
  /** White space and invisible marks cut off both ends. Of a row with a fault, what is worth showing of it. */
  readonly fields: readonly string[]
  /** Names of the fields by place, when the upload gives any. */
  readonly columns: readonly string[] | null
  readonly fault: RowFault | null
  /** Places of numbers whose last digits the spreadsheet had rounded away before we saw them. */
  readonly rounded: readonly number[] | null
}

/** `unreadable-rest`: from here on the file is broken, this is its last row. */
export type RowFault = 'too-long' | 'bad-encoding' | 'bad-quoting' | 'unreadable-rest'

/** How much of a row that is too long is kept to show. */
export const SHOWN_CHARS = 120

/** Cuts text that has arrived into the rows that are complete; `end` gives what is left. */
export interface RowReader {
  push(text: string): StockRow[]
  end(): StockRow[]
}

// What TextDecoder writes for bytes that mean nothing, and what only the wrong encoding makes: NUL. A file that brings
// its own U+FFFD was broken before it came to us. The two older encodings turn bytes without a meaning into C1 controls
// and private characters instead.
const BAD = /[\0\uFFFD]/u
const BAD_LEGACY = /[\0\uFFFD\u0080-\u009F\uE000-\uF8FF]/u

/** Whether any of `fields` has bytes in it that its encoding does not know. */
export function hasBadText(fields: readonly string[], legacy: boolean): boolean {
  const bad = legacy ? BAD_LEGACY : BAD
  return fields.some((field) => bad.test(field))
}

const INVISIBLE = /[\s\u200B-\u200F\u2060\u00AD]/u

/** Without white space, byte order marks and zero-width marks at both ends; what stands between is the merchant's. */
export function tidy(text: string): string {
  // Most codes begin and end with a plain character: no need to search them.
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  if (first > 32 && first < 127 && last > 32 && last < 127) return text
  // Step by step: a pattern that ends in $ would try again at every blank of a row full of blanks.
  let from = 0
  let to = text.length
  while (from < to && INVISIBLE.test(text.charAt(from))) from += 1
  while (to > from && INVISIBLE.test(text.charAt(to - 1))) to -= 1
  return text.slice(from, to)
}

/** `text` cut at `separator`; past MAX_COLUMNS the rest stays together. */
export function cutFields(text: string, separator: Separator | null): string[] {
  if (separator === null) return [tidy(text)]
  const parts = text.split(separator)
  if (parts.length <= MAX_COLUMNS) return parts.map(tidy)
  return [...parts.slice(0, MAX_COLUMNS - 1), parts.slice(MAX_COLUMNS - 1).join(separator)].map(tidy)
}
