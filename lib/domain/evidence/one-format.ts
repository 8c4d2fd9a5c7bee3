import type { EvidenceType } from './limits'

/** As much of a file's beginning as is looked at. */
export const HEAD_BYTES = 4_100
/** As much of its end: a ZIP's directory, with the longest comment, ends within it. */
export const TAIL_BYTES = 65_557

const MARKUP = /<(?:script|html|svg|body|iframe|object|embed|!doctype|\?xml)/iu
/** Boxes that follow the first of a video. */
const BOXES = /^(?:moov|mdat|free|skip|wide|uuid|moof|sidx|styp|pnot|meta|udta|emsg|prft|pdin|mfra|ssix)$/u
const SCANNED_FOR_PDF = 1_024

/**
 * Whether a file is of one format only: not also an archive, a page, a script or a document to another program. Not a parser: what
 * it lets through is shown by its sniffed type alone, without scripts (see where it is served).
 */
export function isOneFormat(type: EvidenceType, head: Uint8Array, tail: Uint8Array, byteCount: number): boolean {
  const [first, last] = [latin(head), latin(tail)]
  if (endsAsZip(tail)) return false
  if (MARKUP.test(first.slice(0, SCANNED_FOR_PDF))) return false
  if (type === 'application/pdf') return first.startsWith('%PDF-') && last.slice(-4 * 1_024).includes('%%EOF')
  if (first.slice(0, SCANNED_FOR_PDF).includes('%PDF-')) return false
  if (MARKUP.test(last.slice(-HEAD_BYTES))) return false
  // The size of the picture would open a comment of a script.
  if (type === 'image/gif') return !/^GIF8[79]a(?:\/[*/]|=)/u.test(first)
  if (type === 'image/webp') return Math.abs(byteCount - 8 - numberAt(head, 4, true)) <= 1
  if (type === 'video/mp4' || type === 'video/quicktime') return startsInBoxes(head, byteCount)
  return true
}

/** The end-of-directory record of a ZIP, whose comment ends with the file. */
function endsAsZip(tail: Uint8Array): boolean {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = bytes.indexOf('PK\u0005\u0006', 0, 'latin1'); at !== -1;) {
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true
    at = bytes.indexOf('PK\u0005\u0006', at + 1, 'latin1')
  }
  return false
}

/** Old QuickTime files begin with any box; each of the first two must be one, and fit. */
function startsInBoxes(head: Uint8Array, byteCount: number): boolean {
  const firstSize = numberAt(head, 0, false)
  const first = latin(head.subarray(4, 8))
  if (first !== 'ftyp') return BOXES.test(first)
  if (firstSize < 8 || firstSize > 1_024 || firstSize + 8 > Math.min(head.length, byteCount)) return false
  return BOXES.test(latin(head.subarray(firstSize + 4, firstSize + 8)))
}

function numberAt(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return bytes.length < at + 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, littleEndian)
}

function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}
