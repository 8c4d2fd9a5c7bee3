import { invariant } from '@/lib/kernel/invariant'

const SEGMENTS = 256
const FIRST_SLOTS = 64
/** Fuller than this a segment doubles. */
const FULLEST = 0.8

/**
 * Remembers fingerprints by their first eight bytes: 10 to 20 bytes of memory each, outside the heap. What it has not seen
 * is certainly new; what it has seen is a duplicate but for a chance of 1 in 370,000 over ten million rows, so the caller
 * compares the full fingerprints before saying so. Past `most` entries it calls everything seen that it cannot keep.
 *
 * 256 segments by the first byte grow one after another: growing never needs the whole set twice.
 */
export class SeenSet {
  readonly #segments = Array.from({ length: SEGMENTS }, () => new Uint32Array(2 * FIRST_SLOTS))
  readonly #filled = new Uint32Array(SEGMENTS)
  readonly #most: number
  #size = 0

  constructor(most = 20_000_000) {
    this.#most = most
  }

  get size(): number {
    return this.#size
  }

  /** Adds the fingerprint and says whether it was, or may have been, there before. */
  add(fingerprint: Uint8Array): boolean {
    invariant(fingerprint.length >= 8, 'a fingerprint has eight bytes and more')
    const at = fingerprint[0] ?? 0
    const high = wordOf(fingerprint, 0)
    // Two zeros mark a free slot; the one fingerprint in 2^64 that has them shares a slot with its neighbour.
    const low = high === 0 ? wordOf(fingerprint, 4) || 1 : wordOf(fingerprint, 4)
    let segment = this.#segments[at] ?? new Uint32Array()
    const slot = find(segment, high, low)
    if (segment[slot] === high && segment[slot + 1] === low) return true
    if (this.#size >= this.#most) return true
    segment[slot] = high
    segment[slot + 1] = low
    this.#size += 1
    const filled = (this.#filled[at] ?? 0) + 1
    this.#filled[at] = filled
    if (filled * 2 > segment.length * FULLEST) {
      segment = doubled(segment)
      this.#segments[at] = segment
    }
    return false
  }
}

/** Where the pair stands, or the free slot where it belongs. Fingerprints are even by nature: their bits are the place. */
function find(segment: Uint32Array, high: number, low: number): number {
  const mask = segment.length - 1
  let slot = (low * 2) & mask
  while ((segment[slot] !== high || segment[slot + 1] !== low) && (segment[slot] !== 0 || segment[slot + 1] !== 0)) {
    slot = (slot + 2) & mask
  }
  return slot
}

function doubled(segment: Uint32Array): Uint32Array<ArrayBuffer> {
  const wider = new Uint32Array(segment.length * 2)
  for (let at = 0; at < segment.length; at += 2) {
    const high = segment[at] ?? 0
    const low = segment[at + 1] ?? 0
    if (high === 0 && low === 0) continue
    const slot = find(wider, high, low)
    wider[slot] = high
    wider[slot + 1] = low
  }
  return wider
}

function wordOf(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  )
}
