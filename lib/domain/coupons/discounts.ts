import { invariant } from '@/lib/kernel/invariant'
import { type Minor, portionOf } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import type { Coupon } from './find-coupon'

/** One order to be: whose goods, and what they cost before discounts. */
export interface CouponLine {
  readonly merchantId: string
  readonly goodsMinor: Minor
}

export interface Discounts {
  /** Off each line, in the order given; 0 for lines that the coupon does not reach. */
  readonly perLine: Minor[]
  readonly totalMinor: Minor
  /** The platform pays it (promotion), not the merchant. */
  readonly byPlatform: boolean
}

const BASIS_POINTS = 10_000

/**
 * What a coupon takes off these lines at `now`. Pure. The sum does not depend on the order of the lines, and of every
 * line at least 1 minor unit stays to be paid. Refuses `coupon/not-active`, `coupon/no-match` (nothing it applies to, or
 * nothing to take off) and `coupon/minimum`.
 */
export function discountsOf(coupon: Coupon, lines: readonly CouponLine[], currency: string, now: Date): Discounts {
  if (!isRunning(coupon, now)) throw new Refusal('coupon/not-active')
  const reached = lines.map((line) => (reaches(coupon, line, currency) ? line.goodsMinor : null))
  const goods = reached.filter((goodsMinor) => goodsMinor !== null)
  const goodsMinor = sumOf(goods)
  if (goods.length === 0) throw new Refusal('coupon/no-match')
  if (goodsMinor < coupon.minimumMinor) throw new Refusal('coupon/minimum', { minimumMinor: coupon.minimumMinor })
  const totalMinor = Math.min(offered(coupon, goodsMinor), goodsMinor - goods.length)
  if (totalMinor === 0) throw new Refusal('coupon/no-match')
  const shares = spread(totalMinor, goods)[Symbol.iterator]()
  const perLine = reached.map((reach) => (reach === null ? 0 : (shares.next().value ?? 0)))
  invariant(sumOf(perLine) === totalMinor, `coupon ${coupon.id} was not spread exactly`)
  return { perLine, totalMinor, byPlatform: coupon.merchantId === null }
}

/** Whether a coupon may be taken at `now`, its limits aside. */
export function isRunning(
  { active, startsAt, endsAt }: Pick<Coupon, 'active' | 'startsAt' | 'endsAt'>,
  now: Date,
): boolean {
  return active && startsAt <= now && (endsAt === null || now < endsAt)
}

function reaches({ merchantId, currency }: Coupon, line: CouponLine, paidIn: string): boolean {
  return currency === paidIn && (merchantId === null || merchantId === line.merchantId)
}

function offered({ kind, percentBps, amountMinor, mostMinor }: Coupon, goodsMinor: Minor): Minor {
  if (kind === 'AMOUNT') return amountMinor ?? 0
  return Math.min(portionOf(goodsMinor, percentBps ?? 0, BASIS_POINTS), mostMinor ?? Infinity)
}

/**
 * `totalMinor` over goods in proportion: what is given up to a line is the floor of its exact share, so that nothing is
 * lost in rounding. Where the rounding would make a line free, a neighbour takes that minor unit.
 */
function spread(totalMinor: Minor, goods: readonly Minor[]): Minor[] {
  const goodsMinor = sumOf(goods)
  let passed = 0
  let given = 0
  let room = goodsMinor - goods.length
  return goods.map((own) => {
    invariant(own >= 1, 'goods without a price')
    passed += own
    room -= own - 1
    const upToHere = Math.max(portionOf(totalMinor, passed, goodsMinor), totalMinor - room)
    const share = Math.min(upToHere - given, own - 1)
    given += share
    return share
  })
}

function sumOf(amounts: readonly Minor[]): Minor {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
