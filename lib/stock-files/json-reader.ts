import { BrokenJson, type JsonEvents, JsonScanner } from './json-scanner'
import { plainNumber } from './plain-number'
import { StockFileError } from './stock-file-error'
import { cutFields, type RowReader, SHOWN_CHARS, type StockRow, tidy } from './stock-row'
import { MAX_COLUMNS, type Separator } from './stock-shape'

/** Members of an object, at any depth, whose array is taken for the list of units. Compared in lower case. */
const LISTS = new Set([
  'keys',
  'contents',
  'codes',
  'cdks',
  'cards',
  'secrets',
  'items',
  'list',
  'data',
  'kami',
  '卡密',
])

/**
 * Entries of a JSON array that stands alone or under one of the names in LISTS, or one object a line (JSON Lines). A text
 * or number is a row of one field; an object gives a field for each of its members, nested ones by path (`meta.pin`).
 * Where the text stops being JSON, the last row says `unreadable-rest`; what came before stands.
 */
export function createJsonReader(separator: Separator | null, rowChars: number): RowReader {
  const collector = new EntryCollector(separator, rowChars)
  const scanner = new JsonScanner(collector, rowChars)
  let broken = false
  const read = (step: () => void) => {
    if (broken) return []
    try {
      step()
    } catch (error) {
      if (!(error instanceof BrokenJson)) throw error
      broken = true
      collector.breakOff()
    }
    return collector.take()
  }
  return {
    push: (text) => read(() => scanner.push(text)),
    end: () =>
      read(() => {
        scanner.end()
        collector.end()
      }),
  }
}

class EntryCollector implements JsonEvents {
  readonly #separator: Separator | null
  readonly #rowChars: number
  readonly #rows: StockRow[] = []
  readonly #places = new Map<string, number>()
  #columns: readonly string[] = []
  /** Names and numbers that lead from the root to where we are; one for each bracket that is open. */
  readonly #path: (string | number)[] = []
  readonly #brackets: ('{' | '[')[] = []
  #listDepth = 0
  #cells: string[] = []
  #named = true
  #chars = 0
  #tooLong = false
  #rounded: number[] = []
  #line = 0
  #sawList = false
  #sawOtherArray = false
  #rootEnded = false

  constructor(separator: Separator | null, rowChars: number) {
    this.#separator = separator
    this.#rowChars = rowChars
  }

  take(): StockRow[] {
    return this.#rows.splice(0)
  }

  breakOff(): void {
    this.#line += 1
    this.#rows.push({ line: this.#line, fields: [], columns: null, fault: 'unreadable-rest', rounded: null })
  }

  end(): void {
    if (this.#sawOtherArray && !this.#sawList) throw new StockFileError('no-list')
  }

  open(bracket: '{' | '['): void {
    if (this.#brackets.length === 0) this.#startRoot()
    this.#enter()
    const name = this.#path.at(-1)
    const inObjects = this.#brackets.every((each) => each === '{')
    this.#brackets.push(bracket)
    this.#path.push(bracket === '[' ? 0 : '')
    if (this.#listDepth > 0) {
      if (this.#brackets.length === this.#listDepth + 1) this.#startEntry(bracket === '{')
      return
    }
    if (bracket === '{') return
    if (inObjects && (name === undefined || (typeof name === 'string' && LISTS.has(name.toLowerCase())))) {
      if (!this.#sawList) this.#forgetColumns()
      this.#listDepth = this.#brackets.length
      this.#sawList = true
      this.#startEntry(true)
    } else this.#sawOtherArray = true
  }

  close(): void {
    const depth = this.#brackets.length
    this.#brackets.pop()
    this.#path.pop()
    if (this.#listDepth > 0 && depth === this.#listDepth + 1) this.#finishEntry()
    else if (depth === this.#listDepth) this.#listDepth = 0
    if (depth > 1) return
    // An object without any array is an entry itself: JSON Lines, or a file with a single unit.
    if (!this.#sawList && !this.#sawOtherArray && this.#cells.length > 0) this.#finishEntry()
    this.#rootEnded = true
  }

  key(name: string): void {
    this.#path[this.#path.length - 1] = name
  }

  scalar(text: string, kind: 'string' | 'number' | 'literal', cut: boolean): void {
    if (this.#brackets.length === 0) throw new BrokenJson('a value that stands alone')
    this.#enter()
    const value = kind === 'literal' && text === 'null' ? '' : text
    const number = kind === 'number' ? plainNumber(value) : null
    if (this.#listDepth > 0 && this.#brackets.length === this.#listDepth) {
      this.#startEntry(false)
      this.#add(number?.text ?? value, cut, number?.rounded ?? false)
      this.#finishEntry()
    } else if (this.#listDepth > 0 || (!this.#sawList && !this.#brackets.includes('['))) {
      this.#add(number?.text ?? value, cut, number?.rounded ?? false)
    }
  }

  /** Counts a value that begins in the innermost array. */
  #enter(): void {
    const at = this.#path.length - 1
    const here = this.#path[at]
    if (typeof here === 'number') this.#path[at] = here + 1
  }

  #startRoot(): void {
    if (this.#rootEnded && (this.#sawList || this.#sawOtherArray)) throw new BrokenJson('more behind the list')
    this.#startEntry(true)
  }

  #startEntry(named: boolean): void {
    this.#cells = []
    this.#rounded = []
    this.#chars = 0
    this.#tooLong = false
    this.#named = named
  }

  #add(value: string, cut: boolean, rounded: boolean): void {
    this.#chars += value.length
    if (cut || this.#chars > this.#rowChars) this.#tooLong = true
    const place = this.#named
      ? this.#placeOf(this.#path.slice(this.#listDepth > 0 ? this.#listDepth : 0).join('.'))
      : this.#cells.length
    if (place >= MAX_COLUMNS) {
      this.#tooLong = true
      return
    }
    while (this.#cells.length < place) this.#cells.push('')
    this.#cells[place] = tidy(value.slice(0, this.#rowChars))
    if (rounded && !this.#rounded.includes(place)) this.#rounded.push(place)
  }

  #placeOf(name: string): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    const place = this.#places.size
    if (place >= MAX_COLUMNS) return place
    this.#places.set(name, place)
    this.#columns = [...this.#columns, name]
    return place
  }

  /** What stood beside the list described the file, not its units. */
  #forgetColumns(): void {
    this.#places.clear()
    this.#columns = []
  }

  #finishEntry(): void {
    this.#line += 1
    const alone = !this.#named && this.#cells.length === 1 ? this.#cells[0] : undefined
    const fields = alone === undefined ? this.#cells : cutFields(alone, this.#separator)
    this.#rows.push({
      line: this.#line,
      fields: this.#tooLong ? fields.slice(0, 1).map((field) => field.slice(0, SHOWN_CHARS)) : fields,
      columns: this.#named ? this.#columns : null,
      fault: this.#tooLong ? 'too-long' : null,
      rounded: this.#rounded.length > 0 ? this.#rounded : null,
    })
    this.#startEntry(true)
  }
}
