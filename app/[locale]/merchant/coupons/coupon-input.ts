import { z } from 'zod'
import type { CouponInput } from '@/lib/domain/coupons'
import { moneyInput, orEmpty, refuseField, wholeInput } from '../../_console/form-schema'
import { endOfDay, startOfDay } from '../../_console/params'

const MOST_USES = 100_000_000

/** Percent, more than 0 and up to 100, to basis points. */
const percentInput = z
  .string()
  .regex(/^\d{1,3}(?:\.\d{1,2})?$/u, 'percent')
  .transform((text) => Math.round(Number(text) * 100))
  .refine((bps) => bps >= 1 && bps <= 10_000, 'percent')

const someMoney = moneyInput.refine((minor) => minor > 0, 'money')
const someUses = wholeInput(1, MOST_USES)

const Fields = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{2,31}$/iu, 'coupon-code'),
  kind: z.enum(['PERCENT', 'AMOUNT']),
  percent: orEmpty(percentInput),
  most: orEmpty(someMoney),
  amount: orEmpty(someMoney),
  minimum: orEmpty(moneyInput),
  totalLimit: orEmpty(someUses),
  perBuyerLimit: orEmpty(someUses),
  startsOn: orEmpty(z.iso.date()),
  endsOn: orEmpty(z.iso.date()),
})

type Terms = Omit<
  Extract<CouponInput, { kind: 'PERCENT' }>,
  'merchantId' | 'startsAt' | 'kind' | 'percentBps' | 'amountMinor' | 'mostMinor'
>
type Discount =
  | Pick<Extract<CouponInput, { kind: 'PERCENT' }>, 'kind' | 'percentBps' | 'amountMinor' | 'mostMinor'>
  | Pick<Extract<CouponInput, { kind: 'AMOUNT' }>, 'kind' | 'percentBps' | 'amountMinor' | 'mostMinor'>

/** What the form says of a coupon; days are days in China, the last one included. Without a first day it runs at once. */
export const CouponForm = Fields.transform((form, ctx): Terms & Discount & { readonly startsAt: Date | null } => {
  const { kind, percent, amount, startsOn, endsOn } = form
  if (startsOn && endsOn && endsOn < startsOn) refuseField(ctx, 'endsOn', 'date-order')
  const off = kind === 'PERCENT' ? percent : amount
  if (off === null) refuseField(ctx, kind === 'PERCENT' ? 'percent' : 'amount', 'required')
  const discount: Discount =
    kind === 'PERCENT'
      ? { kind, percentBps: off ?? 0, amountMinor: null, mostMinor: form.most }
      : { kind, percentBps: null, amountMinor: off ?? 0, mostMinor: null }
  return {
    ...discount,
    code: form.code,
    minimumMinor: form.minimum ?? 0,
    currency: 'CNY',
    startsAt: startOfDay(startsOn ?? undefined) ?? null,
    endsAt: endOfDay(endsOn ?? undefined) ?? null,
    totalLimit: form.totalLimit,
    perBuyerLimit: form.perBuyerLimit,
  }
})

export const CouponSwitch = z.object({
  couponId: z.uuid(),
  active: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
})
