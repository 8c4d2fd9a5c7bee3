import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type OrderMoney,
  escrowOf,
  feeLeft,
  grossLeft,
  merchantPending,
  netLeft,
  platformFee,
  promoBack,
  promoExpense,
  providerShare,
  refundInTransit,
  refundedByProvider,
  walletOf,
} from '@/lib/domain/ledger'
import { confirmOrder, refundOrder } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { balanceOf, statusOf } from '@/tests/support/books'
import { aCoupon } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import { NOW, aBuyerWithWallet, aDeliveredOrder, aListing, aMerchant, run } from '@/tests/support/factories'

const OPERATOR = { kind: 'OPERATOR', id: null } as const

/** Money of an order as the checks of its table allow it, with the amounts that go back one after the other. */
const refunded = fc
  .record({
    totalMinor: fc.integer({ min: 1, max: 100_000 }),
    promoMinor: fc.integer({ min: 0, max: 100_000 }),
    wallet: fc.double({ min: 0, max: 1, noNaN: true }),
    fee: fc.double({ min: 0, max: 1, noNaN: true }),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
  })
  .map(({ totalMinor, promoMinor, wallet, fee, cuts }) => {
    const money: OrderMoney = {
      id: 'order',
      merchantId: 'merchant',
      currency: 'CNY',
      refundedMinor: 0,
      totalMinor,
      promoMinor,
      walletMinor: Math.floor(totalMinor * wallet),
      feeMinor: Math.floor((totalMinor + promoMinor) * fee),
    }
    const steps = [...cuts.map((cut) => Math.floor(totalMinor * cut)), totalMinor].toSorted((a, b) => a - b)
    return { money, steps }
  })

test('whatever goes back in whichever parts: every share moves one way, and all of them add up', () => {
  fc.assert(
    fc.property(refunded, ({ money, steps }) => {
      let before = 0
      for (const then of steps) {
        const back = then - before
        const promo = promoBack(money, then) - promoBack(money, before)
        const fee = feeLeft(money, before) - feeLeft(money, then)
        const net = netLeft(money, before) - netLeft(money, then)
        const byProvider = refundedByProvider(money, then) - refundedByProvider(money, before)
        expect(Math.min(back, promo, fee, net, byProvider)).toBeGreaterThanOrEqual(0)
        expect(back + promo).toBe(fee + net)
        expect(grossLeft(money, then)).toBe(feeLeft(money, then) + netLeft(money, then))
        before = then
      }
      expect(grossLeft(money, before)).toBe(0)
      expect(feeLeft(money, before)).toBe(0)
      expect(promoBack(money, before)).toBe(money.promoMinor)
      expect(refundedByProvider(money, before)).toBe(providerShare(money))
    }),
    { numRuns: 500 },
  )
})

test(
  'CDK by CDK, released somewhere in between: to the last cent everything goes back where it came from',
  { timeout: 60_000 },
  async () => {
    const merchantId = await aMerchant({ feeBps: 333 })
    const life = fc.record({
      priceMinor: fc.integer({ min: 1, max: 997 }),
      quantity: fc.integer({ min: 1, max: 7 }),
      off: fc.integer({ min: 0, max: 800 }),
      fromWallet: fc.integer({ min: 0, max: 100 }),
      releasedAfter: fc.integer({ min: 0, max: 7 }),
      goodwillMinor: fc.integer({ min: 0, max: 40 }),
    })
    await fc.assert(
      fc.asyncProperty(life, async ({ priceMinor, quantity, off, fromWallet, releasedAfter, goodwillMinor }) => {
        const listing = await aListing({ merchantId, priceMinor, stock: quantity })
        const goodsMinor = priceMinor * quantity
        const discountMinor = Math.min(off, goodsMinor - 1)
        const couponCode = discountMinor > 0 ? (await aCoupon({ amountMinor: discountMinor })).code : null
        const totalMinor = goodsMinor - discountMinor
        const walletMinor = Math.floor((totalMinor * fromWallet) / 100)
        const buyer = await aBuyerWithWallet(1_000 + walletMinor)
        const wallet = walletOf(buyer.buyerId, 'CNY')
        const shared = [promoExpense('CNY'), platformFee('CNY'), refundInTransit('sandbox', 'CNY')]
        const before = await Promise.all(shared.map(balanceOf))

        const form = { ...buyer, walletMinor, couponCode, expectedTotalMinor: totalMinor }
        const { orderId } = await aDeliveredOrder({ listing, quantity, form })
        const refund = (wanted: { cdkIds: string[] } | { amountMinor: number }) =>
          run((tx) => refundOrder(tx, { orderId, wanted, reason: 'bad-code' }, OPERATOR, NOW))
        if (goodwillMinor > 0 && goodwillMinor < totalMinor) await refund({ amountMinor: goodwillMinor })
        for (let n = 0; n <= quantity && (await statusOf(orderId)) !== 'REFUNDED'; n++) {
          if (n === releasedAfter) await run((tx) => confirmOrder(tx, orderId, { kind: 'BUYER', id: null }, NOW))
          const { id } = await db.cdk.findFirstOrThrow({ where: { orderId, state: 'DELIVERED' } })
          await refund({ cdkIds: [id] })
        }

        expect(await statusOf(orderId)).toBe('REFUNDED')
        const now = await Promise.all(shared.map(balanceOf))
        expect(now.map((balance, at) => balance - (before[at] ?? 0))).toEqual([0, 0, totalMinor - walletMinor])
        expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
        expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(0)
        expect(await balanceOf(wallet)).toBe(1_000 + walletMinor)
      }),
      { numRuns: 25 },
    )
  },
)

test('a total of less than a minor unit a CDK still goes back', async () => {
  const listing = await aListing({ priceMinor: 1, stock: 3 })
  const { code } = await aCoupon({ amountMinor: 1 })
  const { orderId } = await aDeliveredOrder({ listing, quantity: 3, form: { couponCode: code, expectedTotalMinor: 2 } })
  const [first, second] = await db.cdk.findMany({ where: { orderId } })
  const refund = (cdkId = newId()) =>
    run((tx) => refundOrder(tx, { orderId, wanted: { cdkIds: [cdkId] }, reason: 'bad-code' }, OPERATOR, NOW))
  await refund(first?.id)
  await refund(second?.id)
  expect(await db.orderRefund.findMany({ where: { orderId }, orderBy: { id: 'asc' } })).toMatchObject([
    { amountMinor: 1 },
    { amountMinor: 1 },
  ])
  expect(await statusOf(orderId)).toBe('REFUNDED')
})
