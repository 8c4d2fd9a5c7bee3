import { Inflate } from 'fflate'
import type { Bytes } from '@/lib/domain/provenance/bytes'

const STEP = 64 * 1024

/** Raw deflate of exactly `size` bytes; null when it is anything else. Never unpacks more than one step beyond `size`. */
export function inflateBounded(packed: Uint8Array, size: number): Bytes | null {
  const whole = new Uint8Array(size)
  const state = { filled: 0 }
  const inflate = new Inflate((piece) => {
    if (state.filled + piece.length <= size) whole.set(piece, state.filled)
    state.filled += piece.length
  })
  try {
    for (let at = 0; at < packed.length && state.filled <= size; at += STEP) {
      inflate.push(packed.subarray(at, at + STEP), at + STEP >= packed.length)
    }
  } catch (error) {
    // fflate throws on data that is no deflate; what is said of it is the same.
    if (error instanceof Error) return null
    throw error
  }
  return state.filled === size ? whole : null
}
