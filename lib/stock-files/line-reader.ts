import { cutFields, type RowReader, SHOWN_CHARS, type StockRow, tidy } from './stock-row'
import type { Separator } from './stock-shape'

/** Rows of a text with one unit a line: LF, CRLF or CR, also mixed. The break after the last line begins no other. */
export function createLineReader(separator: Separator | null, rowChars: number): RowReader {
  const rows: StockRow[] = []
  let line = 0
  let held = ''
  let tooLong = false
  let afterCr = false

  const keep = (text: string) => {
    if (tooLong) return
    held += text
    if (held.length <= rowChars) return
    tooLong = true
    held = held.slice(0, SHOWN_CHARS)
  }
  const close = () => {
    line += 1
    const fields = tooLong ? [tidy(held)] : cutFields(held, separator)
    rows.push({ line, fields, columns: null, fault: tooLong ? 'too-long' : null, rounded: null })
    held = ''
    tooLong = false
  }
  const take = () => rows.splice(0)

  return {
    push(text) {
      let from = afterCr && text.startsWith('\n') ? 1 : 0
      if (text !== '') afterCr = false
      let lf = text.indexOf('\n', from)
      let cr = text.indexOf('\r', from)
      while (lf !== -1 || cr !== -1) {
        const at = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr
        keep(text.slice(from, at))
        close()
        from = at + 1
        if (at === cr) {
          if (from === text.length) afterCr = true
          else if (from === lf) from += 1
        }
        // Each is searched again only when it has been passed: a file with one kind of break is read once, not twice a line.
        if (lf !== -1 && lf < from) lf = text.indexOf('\n', from)
        if (cr !== -1 && cr < from) cr = text.indexOf('\r', from)
      }
      keep(text.slice(from))
      return take()
    },
    end() {
      if (held !== '' || tooLong) close()
      return take()
    },
  }
}
