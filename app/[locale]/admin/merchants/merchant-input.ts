import { z } from 'zod'

/** Percent with at most two decimals, as typed, to hundredths of a percent; at most 50 (also a CHECK). */
export const feeInput = z
  .string()
  .trim()
  .regex(/^\d{1,2}(?:\.\d{1,2})?$/u, 'fee')
  .transform((text) => {
    const [whole = '0', part = ''] = text.split('.')
    return Number(whole) * 100 + Number(part.padEnd(2, '0'))
  })
  .refine((bps) => bps <= 5000, 'fee')

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Unified Social Credit Code with its check symbol (GB 32100-2015): a typing slip is caught here. */
export const legalNumberInput = z.string().trim().toUpperCase().refine(isCreditCode, 'credit-number')

export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/u.test(code)) return false
  let sum = 0
  let weight = 1
  for (const symbol of code.slice(0, 17)) {
    sum += SYMBOLS.indexOf(symbol) * weight
    weight = (weight * 3) % 31
  }
  return SYMBOLS.charAt((31 - (sum % 31)) % 31) === code.charAt(17)
}
