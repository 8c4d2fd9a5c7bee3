/** What a part of a workbook is made of, as it goes by. Names come without their prefix. */
export interface XmlEvents {
  /** `attributes` is the tag as written; `attributeOf` reads it. */
  open(name: string, attributes: string): void
  close(name: string): void
  text(piece: string): void
}

/** The part is not the XML that a workbook may have. */
export class BrokenXml extends Error {
  override readonly name = 'BrokenXml'
}

const TAG = /<\/?([^\s<>"'/]+)[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>/uy
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const PATTERNS = new Map<string, RegExp>()
/** The longest tag, comment or CDATA section. */
const MAX_MARKUP = 1024 * 1024

/**
 * Reads the XML that workbooks are made of, in pieces of any size. A document type is refused, so nothing can be declared
 * and nothing expands: the five entities of XML and character numbers are all there are. Throws BrokenXml.
 */
export class XmlScanner {
  readonly #events: XmlEvents
  #held = ''
  #depth = 0
  #searched = 0

  constructor(events: XmlEvents) {
    this.#events = events
  }

  push(piece: string): void {
    const text = this.#held + piece
    let at = 0
    while (at < text.length) {
      const next = text.charAt(at) === '<' ? this.#markup(text, at) : this.#text(text, at)
      if (next === null) break
      at = next
      this.#searched = 0
    }
    this.#held = text.slice(at)
    if (this.#held.length > MAX_MARKUP) throw new BrokenXml('markup without an end')
  }

  /** Throws BrokenXml when the text stops inside an element. */
  end(): void {
    if (this.#held.trim() !== '' || this.#depth > 0) throw new BrokenXml('stops in the middle')
  }

  #text(text: string, from: number): number | null {
    const tag = text.indexOf('<', from)
    let to = tag === -1 ? text.length : tag
    if (tag === -1) {
      // An entity may still be half on its way.
      const entity = text.lastIndexOf('&')
      if (entity >= from && !text.includes(';', entity)) to = entity
      if (to === from) return null
    }
    if (this.#depth > 0) this.#events.text(decodeEntities(text.slice(from, to)))
    return to
  }

  #markup(text: string, at: number): number | null {
    if (text.startsWith('<!--', at)) return this.#skip(text, at + 4, '-->')
    if (text.startsWith('<?', at)) return this.#skip(text, at + 2, '?>')
    if (text.startsWith('<![CDATA[', at)) {
      const end = this.#skip(text, at + 9, ']]>')
      if (end !== null) this.#events.text(text.slice(at + 9, end - 3))
      return end
    }
    if (text.charAt(at + 1) === '!') {
      if ('<!--'.startsWith(text.slice(at)) || '<![CDATA['.startsWith(text.slice(at))) return null
      throw new BrokenXml('a document type')
    }
    return this.#tag(text, at)
  }

  #tag(text: string, at: number): number | null {
    // Without a '>' in what is new there is no tag yet: a long one is not tried again for every piece.
    const closing = text.indexOf('>', at + this.#searched)
    if (closing === -1) {
      this.#searched = text.length - at
      return null
    }
    TAG.lastIndex = at
    const match = TAG.exec(text)
    if (!match) {
      this.#searched = text.length - at
      return null
    }
    const [tag, fullName = ''] = match
    const name = fullName.slice(fullName.indexOf(':') + 1)
    if (tag.startsWith('</')) this.#close(name)
    else {
      this.#depth += 1
      this.#events.open(name, tag)
      if (tag.endsWith('/>')) this.#close(name)
    }
    return at + tag.length
  }

  #close(name: string): void {
    this.#depth -= 1
    if (this.#depth < 0) throw new BrokenXml('closes what is not open')
    this.#events.close(name)
  }

  #skip(text: string, from: number, mark: string): number | null {
    const end = text.indexOf(mark, from)
    return end === -1 ? null : end + mark.length
  }
}

/** The value of the attribute `name` in a tag, whatever its prefix; null when it has none. */
export function attributeOf(tag: string, name: string): string | null {
  let pattern = PATTERNS.get(name)
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'u')
    PATTERNS.set(name, pattern)
  }
  const match = pattern.exec(tag)
  return match ? decodeEntities(match[1] ?? match[2] ?? '') : null
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&([^;&]*);?/gu, (entity, name: string) => {
    const known = ENTITIES[name]
    if (known !== undefined && entity.endsWith(';')) return known
    const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/iu.exec(name)
    if (!number || !entity.endsWith(';')) throw new BrokenXml('an entity that XML does not have')
    const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16)
    const isCharacter = code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff)
    return isCharacter ? String.fromCodePoint(code) : '\uFFFD'
  })
}
