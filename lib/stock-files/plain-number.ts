/** A spreadsheet calculates with this many digits; what it shows beyond them are zeros of its own making. */
const EXACT_DIGITS = 15

/** Longer ones are nobody's number. */
const MAX_CHARS = 60

export interface PlainNumber {
  /** Digits without an exponent, as a person would write them. */
  readonly text: string
  /** The last digits may be lost: a long card number that was kept as a number. */
  readonly rounded: boolean
}

/**
 * A number's own spelling (`1E+15`, `12.300000000000001`) as plain digits, worked out on the text: no digit passes
 * through floating point here. Returns null for what is not a number.
 */
export function plainNumber(raw: string): PlainNumber | null {
  const parts = raw.length > MAX_CHARS ? null : /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/iu.exec(raw)
  if (!parts) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const point = whole.length + Number(exponent)
  const all = (whole + fraction).padEnd(Math.max(point, 0), '0')
  const shifted = point >= 0 ? all : '0'.repeat(-point) + all
  const at = Math.max(point, 0)
  const integer = shifted.slice(0, at).replace(/^0+(?=\d)/u, '') || '0'
  const rest = fifteenDigits(integer, shifted.slice(at)).replace(/0+$/u, '')
  const text = `${sign === '-' ? '-' : ''}${integer}${rest === '' ? '' : `.${rest}`}`
  // Sixteen digits and more that end in zeros, or that needed an exponent, are what is left of a longer number.
  const rounded = integer.length > EXACT_DIGITS && (raw.toLowerCase().includes('e') || integer.endsWith('0'))
  return { text, rounded }
}

/** The fraction without the noise behind a spreadsheet's fifteenth digit: 12.300000000000001 was entered as 12.3. */
function fifteenDigits(integer: string, fraction: string): string {
  const before = integer === '0' ? 0 : integer.length
  const leading = before === 0 ? (/^0*/u.exec(fraction)?.[0].length ?? 0) : 0
  const kept = Math.max(EXACT_DIGITS - before, 0) + leading
  if (fraction.length <= kept) return fraction
  const cut = fraction.slice(0, kept)
  // 0.29999999999999998 is 0.3: rounded up on digits when nothing is carried past the point, else left as it is.
  if (Number(fraction.charAt(kept)) < 5) return cut
  const raised = (BigInt(cut || '0') + 1n).toString().padStart(cut.length, '0')
  return raised.length > cut.length ? fraction : raised
}
