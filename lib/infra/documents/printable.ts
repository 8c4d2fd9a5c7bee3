import { fontOf } from './fonts'

/** Stands for a character that the font lacks. */
export const MISSING = '□'

const SPACES = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu
// Bidi overrides could make a name read as another one; joiners and variation selectors mean nothing without their glyph.
const INVISIBLE = /[\p{Cf}\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu

export interface Printer {
  /** `raw` on one line as the font can show it; what it lacks becomes a box and is remembered. */
  readonly clean: (raw: string) => string
  /** The characters that were boxed, `U+20BB7`, in the order they came. */
  readonly missing: () => readonly string[]
}

/**
 * Remembers for one document what its font could not show, so that the document can say so: a rare character of a
 * merchant's name must not vanish without a word.
 */
export function createPrinter(): Printer {
  const boxed = new Set<string>()
  const font = fontOf('regular')
  const known = (char: string) => font.hasGlyphForCodePoint(char.codePointAt(0) ?? 0)
  const show = (char: string): string => {
    if (known(char)) return char
    const plain = char.normalize('NFKC')
    if (plain !== char && [...plain].every(known)) return plain
    boxed.add(`U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    return MISSING
  }
  return {
    clean: (raw) => [...raw.normalize('NFC').replaceAll(SPACES, ' ').replaceAll(INVISIBLE, '')].map(show).join(''),
    missing: () => [...boxed],
  }
}
