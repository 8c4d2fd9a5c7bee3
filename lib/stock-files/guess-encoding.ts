import { hasBadText } from './stock-row'
import type { StockEncoding } from './stock-shape'

export interface EncodingGuess {
  readonly encoding: StockEncoding
  /** `mark`: a byte order mark; `bytes`: valid as nothing else, or by how its characters are spread. */
  readonly reason: 'mark' | 'zero-bytes' | 'valid-utf-8' | 'bytes'
}

/** Words that stand in such files and are written with different characters on either side of the strait. */
const MAINLAND = /[码号账邮箱链备数户间终]/u
const TAIWAN = /[碼號帳郵鏈備數戶間終啟]/u

/** How `sample`, the beginning of a text, is written. Null when it is no text in any encoding that we know. */
export function guessEncoding(sample: Uint8Array): EncodingGuess | null {
  const [one, two, three] = sample
  if (one === 0xef && two === 0xbb && three === 0xbf) return { encoding: 'utf-8', reason: 'mark' }
  if (one === 0xff && two === 0xfe) return { encoding: 'utf-16le', reason: 'mark' }
  if (one === 0xfe && two === 0xff) return { encoding: 'utf-16be', reason: 'mark' }
  const zeros = zerosOf(sample)
  if (zeros.even + zeros.odd > 0) {
    // Digits and Latin letters have their zero byte on one side only; a file with zeros on both sides is no text.
    if (zeros.odd > 20 * zeros.even && zeros.odd * 20 > sample.length)
      return { encoding: 'utf-16le', reason: 'zero-bytes' }
    if (zeros.even > 20 * zeros.odd && zeros.even * 20 > sample.length)
      return { encoding: 'utf-16be', reason: 'zero-bytes' }
    return null
  }
  const control = sample.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12).length
  if (control * 20 > sample.length) return null
  if (isUtf8(sample)) return { encoding: 'utf-8', reason: 'valid-utf-8' }
  return guessMultibyte(sample)
}

/** The last character may be cut off, which the streaming decoder leaves open. */
function isUtf8(sample: Uint8Array): boolean {
  return !hasBadText([new TextDecoder('utf-8').decode(sample, { stream: true })], false)
}

/** Of the encodings left, that which makes the most usual characters; of bytes that fit none, UTF-8, whose bad lines are told. */
function guessMultibyte(sample: Uint8Array): EncodingGuess {
  const gb = scoreOf(sample, 'gb18030')
  const big5 = scoreOf(sample, 'big5')
  const utf8Lines = shareOfGoodLines(sample, 'utf-8')
  if (utf8Lines >= Math.max(gb.goodLines, big5.goodLines)) return { encoding: 'utf-8', reason: 'bytes' }
  return { encoding: big5.score > gb.score ? 'big5' : 'gb18030', reason: 'bytes' }
}

function scoreOf(sample: Uint8Array, encoding: 'gb18030' | 'big5'): { score: number; goodLines: number } {
  const text = new TextDecoder(encoding).decode(sample, { stream: true })
  const goodLines = shareOfGoodLines(sample, encoding)
  const words = (encoding === 'gb18030' ? MAINLAND : TAIWAN).test(text) ? 1 : 0
  return { score: usualShare(sample, encoding) + words + 3 * goodLines, goodLines }
}

/**
 * The share of two-byte characters that stand in the part of the table which holds the few thousand usual ones. Half of
 * Big5's second bytes are below 0x80, none of GB2312's; read as the other, a text falls out of that part soon.
 */
function usualShare(sample: Uint8Array, encoding: 'gb18030' | 'big5'): number {
  let pairs = 0
  let usual = 0
  for (let at = 0; at + 1 < sample.length; at++) {
    const lead = sample[at] ?? 0
    const trail = sample[at + 1] ?? 0
    if (lead < 0x81) continue
    at += 1
    pairs += 1
    const isUsual =
      encoding === 'gb18030'
        ? ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3)) && trail >= 0xa1
        : ((lead >= 0xa4 && lead <= 0xc6) || (lead >= 0xa1 && lead <= 0xa3)) &&
          ((trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1)
    if (isUsual) usual += 1
  }
  return pairs === 0 ? 0 : usual / pairs
}

function shareOfGoodLines(sample: Uint8Array, encoding: StockEncoding): number {
  const lines = new TextDecoder(encoding).decode(sample, { stream: true }).split(/[\r\n]+/u)
  const legacy = encoding === 'gb18030' || encoding === 'big5'
  return lines.filter((line) => !hasBadText([line], legacy)).length / lines.length
}

function zerosOf(sample: Uint8Array): { even: number; odd: number } {
  let even = 0
  let odd = 0
  for (let at = 0; at < sample.length; at++) {
    if (sample[at] !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  return { even, odd }
}
