import type { Archive } from './archive'
import { readWholePart } from './read-part'
import { attributeOf } from './xml-scanner'

/** How a number must be shown to be what the merchant saw: as a moment, or filled up with zeros to `width` digits. */
export type NumberFormat = { readonly kind: 'date' } | { readonly kind: 'zeros'; readonly width: number }

const MAX_STYLES = 70_000
/** Excel's own limit. */
const MAX_CODE_CHARS = 255

/** The format of each cell style, by its number; null for those that show a number as it is. */
export async function readNumberFormats(archive: Archive, part: string | null): Promise<(NumberFormat | null)[]> {
  const custom = new Map<string, NumberFormat | null>()
  const styles: (NumberFormat | null)[] = []
  let inCellFormats = false
  if (part === null) return styles
  await readWholePart(archive, part, {
    open(name, tag) {
      if (name === 'cellXfs') inCellFormats = true
      if (name === 'numFmt' && custom.size < MAX_STYLES) {
        custom.set(attributeOf(tag, 'numFmtId') ?? '', formatOf(attributeOf(tag, 'formatCode') ?? ''))
      }
      if (name === 'xf' && inCellFormats && styles.length < MAX_STYLES) {
        const id = attributeOf(tag, 'numFmtId') ?? '0'
        styles.push(custom.get(id) ?? (isBuiltInDate(Number(id)) ? { kind: 'date' } : null))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false
    },
    text: () => undefined,
  })
  return styles
}

/** The numbers that need no format code, with those of Chinese, Japanese and Korean Excel. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

function formatOf(code: string): NumberFormat | null {
  // Texts in quotes, escaped characters, colours and locales say nothing about the kind of number.
  const [first = ''] = code
    .slice(0, MAX_CODE_CHARS)
    .replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/giu, '')
    .split(';')
  if (/^0{2,}$/u.test(first)) return { kind: 'zeros', width: first.length }
  return /[ymdhs年月日]/iu.test(first) && !/general/iu.test(first) ? { kind: 'date' } : null
}
