import { StockFileError } from '@/lib/stock-files/stock-file-error'
import type { Archive } from './archive'
import { readPart } from './read-part'
import type { Scratch } from './scratch'

const MAX_STRINGS = 8_000_000

/** The texts that the cells of a workbook point at, kept in a scratch: in memory stands where each one ends. */
export interface SharedStrings {
  /** The text when it is at hand, else a promise of it; null for a number that no text has. */
  get(index: number): string | null | Promise<string>
}

/** Reads the texts of a workbook. Each is kept up to `maxChars`; formatted runs are one text, readings are left out. */
export async function readSharedStrings(
  archive: Archive,
  part: string | null,
  scratch: Scratch,
  maxChars: number,
): Promise<SharedStrings> {
  let ends = new Uint32Array(1024)
  let count = 0
  let size = 0
  let text = ''
  let inText = false
  let inReading = false
  const fresh: string[] = []

  const finish = () => {
    if (count === MAX_STRINGS) throw new StockFileError('too-large')
    if (count === ends.length) {
      const wider = new Uint32Array(ends.length * 2)
      wider.set(ends)
      ends = wider
    }
    size += Buffer.byteLength(text)
    ends[count] = size
    count += 1
    fresh.push(text)
    text = ''
  }
  if (part !== null) {
    const pieces = readPart(archive, part, {
      open(name) {
        if (name === 'rPh') inReading = true
        inText = name === 't'
      },
      close(name) {
        if (name === 'rPh') inReading = false
        if (name === 'si') finish()
        inText = false
      },
      text(piece) {
        if (inText && !inReading && text.length <= maxChars) text = (text + piece).slice(0, maxChars + 1)
      },
    })
    for await (const _ of pieces) await scratch.append(Buffer.from(fresh.splice(0).join('')))
  }

  return {
    get(index) {
      const end = index < count ? ends[index] : undefined
      if (end === undefined) return null
      const start = index === 0 ? 0 : (ends[index - 1] ?? 0)
      return (
        scratch.cached(start, end)?.toString('utf8') ?? scratch.read(start, end).then((bytes) => bytes.toString('utf8'))
      )
    },
  }
}
