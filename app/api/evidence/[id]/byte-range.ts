/** Bytes from `from` to before `to`. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/**
 * What a Range header asks of `size` bytes: null for the whole (no header, several ranges, or one that means nothing, which RFC 9110
 * lets a server ignore), `unsatisfiable` when it begins behind the end.
 */
export function byteRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | null {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/u.exec(header?.trim() ?? '')
  if (!found) return null
  const [first = '', last = ''] = found.slice(1)
  if (first === '') {
    if (last === '') return null
    const count = Number(last)
    return count === 0 ? 'unsatisfiable' : { from: Math.max(0, size - count), to: size }
  }
  const from = Number(first)
  if (last !== '' && Number(last) < from) return null
  if (from >= size) return 'unsatisfiable'
  return { from, to: last === '' ? size : Math.min(size, Number(last) + 1) }
}
