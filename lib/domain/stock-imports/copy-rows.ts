import { invariant } from '@/lib/kernel/invariant'

/** Signature, no flags, no extension. */
const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\u00ff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.from([0xff, 0xff])
/** Microseconds between 1970 and 2000, where PostgreSQL's clock begins. */
const EPOCH_MS = 946_684_800_000
const FIRST_BYTES = 1 << 22

/**
 * Rows in PostgreSQL's binary COPY format, written one after another into one growing piece of memory. Rows can be left out
 * when they are sent: whether a code is known is asked after it was sealed. Each row begins with the same constant columns.
 */
export class CopyRows {
  #bytes: Buffer
  #at = 0
  #ends: number[] = []
  #start: Uint8Array = new Uint8Array()

  constructor(bytes = FIRST_BYTES) {
    this.#bytes = Buffer.allocUnsafe(bytes)
  }

  /** Begins anew in the same memory. `columns` of a row altogether, `constants` among them, each as `fieldOf` makes it. */
  restart(columns: number, constants: readonly Uint8Array[]): void {
    const count = Buffer.alloc(2)
    count.writeInt16BE(columns)
    this.#start = Buffer.concat([count, ...constants])
    this.#at = 0
    this.#ends = []
  }

  get length(): number {
    return this.#ends.length
  }

  beginRow(): void {
    this.#raw(this.#start)
  }

  endRow(): void {
    this.#ends.push(this.#at)
  }

  bytes(value: Uint8Array): void {
    this.#room(4 + value.length)
    this.#at = this.#bytes.writeInt32BE(value.length, this.#at)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
  }

  /** Hex digits, of a hash or (without its hyphens) of a UUID. */
  hex(value: string): void {
    const length = value.length >> 1
    this.#room(4 + length)
    this.#at = this.#bytes.writeInt32BE(length, this.#at)
    const written = this.#bytes.write(value, this.#at, 'hex')
    invariant(written === length, 'hex digits only')
    this.#at += length
  }

  int2(value: number): void {
    this.#room(6)
    this.#at = this.#bytes.writeInt32BE(2, this.#at)
    this.#at = this.#bytes.writeInt16BE(value, this.#at)
  }

  int4(value: number | null): void {
    if (value === null) return this.none()
    this.#room(8)
    this.#at = this.#bytes.writeInt32BE(4, this.#at)
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
  }

  time(value: Date | null): void {
    if (value === null) return this.none()
    this.#room(12)
    this.#at = this.#bytes.writeInt32BE(8, this.#at)
    this.#at = this.#bytes.writeBigInt64BE(BigInt(value.getTime() - EPOCH_MS) * 1000n, this.#at)
  }

  text(value: string | null): void {
    if (value === null) return this.none()
    this.bytes(Buffer.from(value, 'utf8'))
  }

  none(): void {
    this.#room(4)
    this.#at = this.#bytes.writeInt32BE(-1, this.#at)
  }

  /** The whole stream, with the rows that `keep` says. */
  pieces(keep: (row: number) => boolean = () => true): Uint8Array[] {
    const pieces: Uint8Array[] = [HEADER]
    let from = 0
    let to = 0
    for (const [row, end] of this.#ends.entries()) {
      if (!keep(row)) {
        if (to > from) pieces.push(this.#bytes.subarray(from, to))
        from = end
      }
      to = end
    }
    if (to > from) pieces.push(this.#bytes.subarray(from, to))
    return [...pieces, TRAILER]
  }

  #raw(value: Uint8Array): void {
    this.#room(value.length)
    this.#bytes.set(value, this.#at)
    this.#at += value.length
  }

  #room(length: number): void {
    if (this.#at + length <= this.#bytes.length) return
    const wider = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + length))
    wider.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = wider
  }
}

/** One column of all rows, with the length before it. */
export function fieldOf(write: (rows: CopyRows) => void): Uint8Array {
  const rows = new CopyRows(64)
  write(rows)
  rows.endRow()
  return Uint8Array.from(rows.pieces()[1] ?? new Uint8Array())
}
