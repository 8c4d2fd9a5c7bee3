import { type RowReader, SHOWN_CHARS, type StockRow, tidy } from './stock-row'
import { MAX_COLUMNS, type Separator } from './stock-shape'

interface CsvRecord {
  readonly fields: string[]
  /** Where the next record begins. */
  readonly next: number
  readonly breaks: number
}

/**
 * Records of a CSV (RFC 4180, any break): a quoted field may hold separators, breaks and doubled quotes. A quote that
 * is not closed as it should be, or not within `rowChars`, costs its own line (`bad-quoting`) and never the rest of the file.
 */
export function createCsvReader(separator: Separator, rowChars: number): RowReader {
  let text = ''
  let line = 1
  let skipping = false

  const read = (final: boolean): StockRow[] => {
    const rows: StockRow[] = []
    let at = 0
    const breaks = new Breaks(text)
    const faulty = (fault: 'too-long' | 'bad-quoting', next: number) => {
      rows.push(rowOf(line, [tidy(text.slice(at, Math.min(next, at + SHOWN_CHARS)))], fault))
      at = next
      line += 1
    }
    while (at < text.length) {
      // The break may still be half on its way: CR now, LF with the next piece.
      const lineEnd = breaks.next(at)
      const whole = lineEnd !== -1 && (final || lineEnd + 1 < text.length)
      if (skipping) {
        if (!whole && !final) {
          // One last CR is kept, so that the LF after it does not begin a line.
          at = lineEnd === -1 ? text.length : lineEnd
          break
        }
        at = lineEnd === -1 ? text.length : afterBreak(text, lineEnd)
        skipping = false
        line += 1
        continue
      }
      const record = whole || final ? readRecord(text, breaks, at, separator, final) : 'incomplete'
      if (record === 'bad-quoting') faulty('bad-quoting', lineEnd === -1 ? text.length : afterBreak(text, lineEnd))
      else if (record !== 'incomplete') {
        const size = record.next - at
        rows.push(
          size > rowChars + 2
            ? rowOf(line, [tidy(text.slice(at, at + SHOWN_CHARS))], 'too-long')
            : rowOf(line, record.fields.map(tidy), null),
        )
        at = record.next
        line += record.breaks
      } else if (text.length - at <= rowChars) break
      else if (whole) faulty('bad-quoting', afterBreak(text, lineEnd))
      else {
        rows.push(rowOf(line, [tidy(text.slice(at, at + SHOWN_CHARS))], 'too-long'))
        skipping = true
      }
    }
    text = text.slice(at)
    return rows
  }

  return {
    push(more) {
      text += more
      return read(false)
    },
    end: () => read(true),
  }
}

function readRecord(
  text: string,
  lineBreaks: Breaks,
  from: number,
  separator: string,
  final: boolean,
): CsvRecord | 'incomplete' | 'bad-quoting' {
  const lineEnd = lineBreaks.next(from)
  const line = text.slice(from, lineEnd === -1 ? text.length : lineEnd)
  if (!line.includes('"')) {
    return { fields: bounded(line.split(separator), separator), next: afterBreak(text, lineEnd), breaks: 1 }
  }
  const fields: string[] = []
  let breaks = 0
  let at = from
  for (;;) {
    let quote = at
    while (separator !== ' ' && text[quote] === ' ') quote += 1
    if (text[quote] === '"') {
      const start = quote + 1
      const close = closingQuote(text, start)
      if (close === -1) return final ? 'bad-quoting' : 'incomplete'
      const value = text.slice(start, close)
      fields.push(value.replaceAll('""', '"'))
      breaks += value.match(/\r\n|\n|\r/gu)?.length ?? 0
      at = close + 1
      while (separator !== ' ' && text[at] === ' ') at += 1
      if (at >= text.length && !final) return 'incomplete'
    } else {
      const lineEnd = lineBreaks.next(at)
      const stop = lineEnd === -1 ? text.length : lineEnd
      const cut = text.slice(at, stop).indexOf(separator)
      const end = cut === -1 ? stop : at + cut
      fields.push(text.slice(at, end))
      at = end
    }
    if (at >= text.length) {
      return final ? { fields: bounded(fields, separator), next: text.length, breaks: breaks + 1 } : 'incomplete'
    }
    if (isBreak(text[at])) {
      if (at + 1 >= text.length && !final) return 'incomplete'
      return { fields: bounded(fields, separator), next: afterBreak(text, at), breaks: breaks + 1 }
    }
    if (!text.startsWith(separator, at))
      return separator.startsWith(text.slice(at)) && !final ? 'incomplete' : 'bad-quoting'
    at += separator.length
  }
}

function isBreak(char: string | undefined): boolean {
  return char === '\n' || char === '\r'
}

/** The quote that ends the field which begins at `from`: the first that is not one of a pair. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return -1
}

/** Finds line breaks in a text; where the next LF and CR stand is searched once, not again for every line before them. */
class Breaks {
  readonly #text: string
  readonly #lf = { from: 0, at: -1, known: false }
  readonly #cr = { from: 0, at: -1, known: false }

  constructor(text: string) {
    this.#text = text
  }

  next(from: number): number {
    const lf = this.#find('\n', this.#lf, from)
    const cr = this.#find('\r', this.#cr, from)
    if (lf === -1 || cr === -1) return Math.max(lf, cr)
    return Math.min(lf, cr)
  }

  #find(char: string, last: { from: number; at: number; known: boolean }, from: number): number {
    if (!last.known || from < last.from || (last.at !== -1 && from > last.at)) {
      Object.assign(last, { from, at: this.#text.indexOf(char, from), known: true })
    }
    return last.at
  }
}

function afterBreak(text: string, at: number): number {
  if (at === -1) return text.length
  return text[at] === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1
}

function bounded(fields: string[], separator: string): string[] {
  if (fields.length <= MAX_COLUMNS) return fields
  return [...fields.slice(0, MAX_COLUMNS - 1), fields.slice(MAX_COLUMNS - 1).join(separator)]
}

function rowOf(line: number, fields: string[], fault: StockRow['fault']): StockRow {
  return { line, fields, columns: null, fault, rounded: null }
}
