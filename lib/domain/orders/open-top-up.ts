import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Currency, Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { nextLookAt } from './next-look-at'

export const TOP_UP_LIMITS = { least: 100, most: 500_000 } as const

const PAY_WINDOW_MS = 30 * MINUTE_MS

export interface TopUpInput {
  /** Made by the form, once per submit. */
  readonly idempotencyKey: string
  readonly userId: string
  readonly email: string
  readonly amountMinor: Minor
  readonly currency: Currency
  readonly locale: string
  readonly provider: string
}

/**
 * Opens a checkout that puts money into the buyer's wallet once it is paid (`openPayment`, `recordPayment`). The same key
 * again gives the same checkout. Refuses `wallet/amount` outside 1.00 to 5,000.00, `order/key-reused`.
 */
export async function openTopUp(tx: Tx, input: TopUpInput, now: Date): Promise<string> {
  const { idempotencyKey, userId, amountMinor } = input
  const { least, most } = TOP_UP_LIMITS
  if (!Number.isSafeInteger(amountMinor) || amountMinor < least || amountMinor > most) {
    throw new Refusal('wallet/amount', { leastMinor: least, mostMinor: most })
  }
  const expiresAt = after(now, PAY_WINDOW_MS)
  await tx.checkout.createMany({
    data: [
      {
        id: newId(),
        idempotencyKey,
        buyerId: userId,
        email: input.email,
        locale: input.locale,
        purpose: 'TOP_UP',
        currency: input.currency,
        totalMinor: amountMinor,
        provider: input.provider,
        expiresAt,
        lookAt: nextLookAt(expiresAt, expiresAt),
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  })
  const made = await tx.checkout.findUniqueOrThrow({ where: { idempotencyKey } })
  if (made.purpose !== 'TOP_UP' || made.buyerId !== userId || made.totalMinor !== amountMinor) {
    throw new Refusal('order/key-reused')
  }
  return made.id
}
