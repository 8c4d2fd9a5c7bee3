import { z } from 'zod'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { CURRENCIES, MAX_ORDER_MINOR } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { codeOf } from './find-coupon'

const amount = z.int().min(1).max(MAX_ORDER_MINOR)
const limit = z.int().min(1).max(1_000_000_000).nullable()

const terms = {
  /** Letters, digits and hyphens: read aloud, typed on phones. */
  code: z
    .string()
    .transform(codeOf)
    .pipe(z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,31}$/u)),
  /** Null for a coupon of the platform. */
  merchantId: z.uuid().nullable(),
  minimumMinor: z.int().min(0).max(MAX_ORDER_MINOR),
  currency: z.enum(CURRENCIES),
  startsAt: z.date(),
  endsAt: z.date().nullable(),
  totalLimit: limit,
  perBuyerLimit: limit,
}

const CouponInput = z
  .discriminatedUnion('kind', [
    z.object({
      ...terms,
      kind: z.literal('PERCENT'),
      percentBps: z.int().min(1).max(10_000),
      amountMinor: z.null(),
      mostMinor: amount.nullable(),
    }),
    z.object({
      ...terms,
      kind: z.literal('AMOUNT'),
      percentBps: z.null(),
      amountMinor: amount,
      mostMinor: z.null(),
    }),
  ])
  .refine(({ startsAt, endsAt }) => endsAt === null || endsAt > startsAt)

/** Either `percentBps` (1..10000, at most `mostMinor`) or `amountMinor`; null limits and a null end mean none. */
export type CouponInput = z.input<typeof CouponInput>

/** Opens a coupon, running from `startsAt` on. Refuses `coupon/invalid` and `coupon/code-taken`. Returns its id. */
export async function createCoupon(tx: Tx, input: CouponInput, now: Date): Promise<string> {
  const sound = CouponInput.safeParse(input)
  if (!sound.success) throw new Refusal('coupon/invalid')
  const id = newId()
  const { count } = await tx.coupon.createMany({ data: [{ id, ...sound.data, createdAt: now }], skipDuplicates: true })
  if (count === 0) throw new Refusal('coupon/code-taken', { code: sound.data.code })
  return id
}
