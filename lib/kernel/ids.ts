import { createHash, randomBytes } from 'node:crypto'

/**
 * A fresh UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then a 12-bit counter that keeps the ids of one process
 * strictly increasing, then 62 random bits. Rows made later sort later.
 */
export function newId(): string {
  const now = Date.now()
  if (now > last) {
    last = now
    counter = randomBytes(2).readUInt16BE() & 0x7ff
  } else if (++counter > 0xfff) {
    last += 1
    counter = 0
  }
  const bytes = Buffer.from(freshBytes(16))
  bytes.writeUIntBE(last, 0, 6)
  bytes.writeUInt16BE(0x7000 | counter, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return format(bytes)
}

let last = 0
let counter = 0

/** Random bytes, fetched by the thousand: asking for sixteen costs as much. None is given out twice. */
function freshBytes(length: number): Buffer {
  if (at + length > pool.length) {
    pool = randomBytes(4_096)
    at = 0
  }
  at += length
  return pool.subarray(at - length, at)
}

let pool: Buffer = Buffer.alloc(0)
let at = 0

/**
 * The same id for the same words (UUIDv8 over SHA-256): for rows that two processes may create at the same moment and
 * must meet in, such as a ledger account.
 */
export function idFor(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(words.join('\u0000')).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return format(bytes)
}

/** Crockford base32 without I, L, O, U: what people read to each other on the phone. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `length` random symbols, 5 bits each, unguessable at 16 and above. */
export function randomSymbols(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHABET.charAt(byte & 31)).join('')
}

function format(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
