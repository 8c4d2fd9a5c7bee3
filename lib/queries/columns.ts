import { z } from 'zod'
import { toMinor } from '@/lib/kernel/money'

/** A sum of money from the database (bigint) as minor units. */
export const minorColumn = z.bigint().transform(toMinor)

/** `z***@example.com`: enough to recognise a buyer who writes, too little to write to them. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`
}
