import { z } from 'zod'
import type { Minor } from '@/lib/kernel/money'

const AMOUNT = /^\d{1,8}(?:\.\d{1,2})?$/u

/** What a checkout's address says besides what is bought. Whatever makes no sense is as if it were not there. */
export const Asked = z.object({
  quantity: z.coerce.number().int().min(1).max(1_000).catch(1),
  key: z.uuid().optional().catch(undefined),
  coupon: z.string().trim().max(40).catch(''),
  use: z.literal('wallet').optional().catch(undefined),
  amount: z.string().trim().regex(AMOUNT).optional().catch(undefined),
})
export type Asked = z.infer<typeof Asked>

/** How much of the wallet the address asks for: what it says, as much as there is and is to be paid; all of that if it says nothing. */
export function walletPart({ use, amount }: Asked, balanceMinor: Minor, totalMinor: Minor): Minor {
  if (use !== 'wallet') return 0
  const most = Math.min(balanceMinor, totalMinor)
  return amount === undefined ? most : Math.min(most, Math.round(Number(amount) * 100))
}

/** The query that asks for the same again. */
export function queryOf({ key, quantity, coupon, use, amount }: Asked, single: boolean): Record<string, string> {
  return {
    ...(key === undefined ? {} : { key }),
    ...(single ? { quantity: String(quantity) } : {}),
    ...(coupon === '' ? {} : { coupon }),
    ...(use === undefined ? {} : { use }),
    ...(use === undefined || amount === undefined ? {} : { amount }),
  }
}
