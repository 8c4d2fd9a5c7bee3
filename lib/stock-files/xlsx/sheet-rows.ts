import { MAX_COLUMNS } from '@/lib/stock-files/stock-shape'
import { attributeOf, type XmlEvents } from './xml-scanner'

export interface SheetCell {
  readonly column: number
  /** As in the sheet: `s` shared, `inlineStr`, `str`, `n`, `b`, `e`, `d`. */
  readonly type: string
  readonly style: number
  readonly value: string
}

export interface SheetRow {
  readonly line: number
  readonly cells: readonly SheetCell[]
}

/** Collects the rows of a sheet as its XML goes by; of a formula the result that was last calculated. */
export class SheetRows implements XmlEvents {
  readonly #maxChars: number
  readonly #rows: SheetRow[] = []
  #line = 0
  #column = -1
  #cells: SheetCell[] = []
  #type = 'n'
  #style = 0
  #value = ''
  #element = ''
  #inReading = false

  constructor(maxChars: number) {
    this.#maxChars = maxChars
  }

  take(): SheetRow[] {
    return this.#rows.splice(0)
  }

  open(name: string, tag: string): void {
    this.#element = name
    if (name === 'rPh') this.#inReading = true
    else if (name === 'row') {
      const line = Number(attributeOf(tag, 'r') ?? Number.NaN)
      this.#line = Number.isSafeInteger(line) && line > 0 ? line : this.#line + 1
      this.#column = -1
      this.#cells = []
    } else if (name === 'c') {
      this.#column = columnOf(tag) ?? this.#column + 1
      this.#type = attributeOf(tag, 't') ?? 'n'
      this.#style = Number(attributeOf(tag, 's') ?? 0)
      this.#value = ''
    }
  }

  close(name: string): void {
    this.#element = ''
    if (name === 'rPh') this.#inReading = false
    else if (name === 'c') this.#finishCell()
    else if (name === 'row' && this.#cells.length > 0) this.#rows.push({ line: this.#line, cells: this.#cells })
  }

  text(piece: string): void {
    const isValue = this.#element === 'v' || (this.#element === 't' && !this.#inReading)
    if (isValue && this.#value.length <= this.#maxChars) {
      this.#value = (this.#value + piece).slice(0, this.#maxChars + 1)
    }
  }

  #finishCell(): void {
    if (this.#value === '' || this.#column >= MAX_COLUMNS || this.#cells.length >= MAX_COLUMNS) return
    this.#cells.push({ column: this.#column, type: this.#type, style: this.#style, value: this.#value })
  }
}

const REFERENCE = /\sr\s*=\s*["']([A-Z]{1,3})/u

/** `C5` is the column 2. */
function columnOf(tag: string): number | null {
  const letters = REFERENCE.exec(tag)?.[1]
  if (letters === undefined) return null
  let column = 0
  for (let at = 0; at < letters.length; at++) column = column * 26 + letters.charCodeAt(at) - 64
  return column - 1
}
