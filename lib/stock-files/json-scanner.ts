/** What a JSON text is made of, as it goes by. */
export interface JsonEvents {
  open(bracket: '{' | '['): void
  close(bracket: '{' | '['): void
  key(name: string): void
  /** A number keeps its digits as they were written. `cut` says that the text was longer than the limit. */
  scalar(text: string, kind: 'string' | 'number' | 'literal', cut: boolean): void
}

/** The text is not JSON from here on. */
export class BrokenJson extends Error {
  override readonly name = 'BrokenJson'
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'next-root'

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/iu
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const MAX_DEPTH = 64
const MAX_WORD = 400

/**
 * Reads JSON in pieces of any size, holding at most one string of `maxChars`. Several values behind each other are
 * allowed (JSON Lines). Throws BrokenJson at the first character that does not belong there.
 */
export class JsonScanner {
  readonly #events: JsonEvents
  readonly #maxChars: number
  readonly #open: ('{' | '[')[] = []
  #expected: Expected = 'next-root'
  #text = ''
  #cut = false
  #inString = false
  #escape = ''
  #word = ''

  constructor(events: JsonEvents, maxChars: number) {
    this.#events = events
    this.#maxChars = maxChars
  }

  push(text: string): void {
    let at = 0
    while (at < text.length) {
      if (this.#inString) at = this.#string(text, at)
      else if (this.#word !== '' || isWordChar(text.charCodeAt(at))) at = this.#wordPiece(text, at)
      else {
        this.#mark(text.charAt(at))
        at += 1
      }
    }
  }

  /** Throws BrokenJson when the text stops in the middle of a value. */
  end(): void {
    this.#endWord()
    if (this.#inString || this.#open.length > 0) throw new BrokenJson('stops in the middle')
  }

  #mark(char: string): void {
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t' || char === '\uFEFF') return
    if (char === '"') {
      if (this.#expected === 'colon' || this.#expected === 'comma-or-end') throw new BrokenJson('a string too many')
      this.#inString = true
    } else if (char === '{' || char === '[') {
      this.#requireValue()
      if (this.#open.length >= MAX_DEPTH) throw new BrokenJson('nested too deep')
      this.#open.push(char)
      this.#expected = char === '{' ? 'key-or-end' : 'value-or-end'
      this.#events.open(char)
    } else if (char === '}' || char === ']') this.#close(char)
    else if (char === ',' && this.#expected === 'comma-or-end') {
      this.#expected = this.#open.at(-1) === '{' ? 'key' : 'value'
    } else if (char === ':' && this.#expected === 'colon') this.#expected = 'value'
    else throw new BrokenJson('a character that does not belong here')
  }

  #close(char: '}' | ']'): void {
    const opened = this.#open.pop()
    const mayEnd =
      this.#expected === 'comma-or-end' || this.#expected === (char === '}' ? 'key-or-end' : 'value-or-end')
    if (opened === undefined || (opened === '{') !== (char === '}') || !mayEnd) throw new BrokenJson('closed wrongly')
    this.#afterValue()
    this.#events.close(opened)
  }

  #string(text: string, from: number): number {
    if (this.#escape !== '') return this.#escapePiece(text, from)
    let at = from
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 34 || code === 92) break
    }
    this.#append(text.slice(from, at))
    if (at === text.length) return at
    if (text.charCodeAt(at) === 92) this.#escape = '\\'
    else this.#endString()
    return at + 1
  }

  #escapePiece(text: string, at: number): number {
    this.#escape += text.charAt(at)
    const kind = this.#escape.charAt(1)
    if (kind === 'u') {
      if (this.#escape.length < 6) return at + 1
      const hex = this.#escape.slice(2)
      if (!/^[\da-f]{4}$/iu.test(hex)) throw new BrokenJson('an escape that is none')
      this.#append(String.fromCharCode(Number.parseInt(hex, 16)))
    } else {
      const char = '"\\/'.includes(kind) ? kind : ESCAPES[kind]
      if (char === undefined) throw new BrokenJson('an escape that is none')
      this.#append(char)
    }
    this.#escape = ''
    return at + 1
  }

  #append(text: string): void {
    if (this.#cut) return
    this.#text += text
    if (this.#text.length <= this.#maxChars) return
    this.#cut = true
    this.#text = this.#text.slice(0, this.#maxChars)
  }

  #endString(): void {
    // A surrogate without its other half is no character; it is said as bad bytes are.
    const text = this.#text.toWellFormed()
    const cut = this.#cut
    this.#inString = false
    this.#text = ''
    this.#cut = false
    if (this.#expected === 'key' || this.#expected === 'key-or-end') {
      this.#expected = 'colon'
      this.#events.key(text)
      return
    }
    this.#afterValue()
    this.#events.scalar(text, 'string', cut)
  }

  #wordPiece(text: string, from: number): number {
    let at = from
    while (at < text.length && isWordChar(text.charCodeAt(at))) at += 1
    this.#word += text.slice(from, at)
    if (this.#word.length > MAX_WORD) throw new BrokenJson('a word too long')
    if (at < text.length) this.#endWord()
    return at
  }

  #endWord(): void {
    const word = this.#word
    if (word === '') return
    this.#word = ''
    this.#requireValue()
    const literal = word === 'true' || word === 'false' || word === 'null'
    if (!literal && !NUMBER.test(word)) throw new BrokenJson('neither a number nor a literal')
    this.#afterValue()
    this.#events.scalar(word, literal ? 'literal' : 'number', false)
  }

  #requireValue(): void {
    if (this.#expected === 'value' || this.#expected === 'value-or-end' || this.#expected === 'next-root') return
    throw new BrokenJson('a value where none belongs')
  }

  #afterValue(): void {
    this.#expected = this.#open.length === 0 ? 'next-root' : 'comma-or-end'
  }
}

/** Letters, digits and `+ - .`: what numbers and literals are written with. */
function isWordChar(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 43 ||
    code === 45 ||
    code === 46
  )
}
