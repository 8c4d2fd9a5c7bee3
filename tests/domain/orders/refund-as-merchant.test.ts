import { expect, test } from 'vitest'
import { merchantAvailable, merchantReceivable, protectionFund } from '@/lib/domain/ledger'
import { matureEarnings, requestPayout } from '@/lib/domain/merchants'
import { refundAsMerchant } from '@/lib/domain/orders'
import { DAY_MS, after } from '@/lib/kernel/time'
import { balanceOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aConfirmedOrder, aMerchant, run } from '@/tests/support/factories'
import { aReadyAccount } from '@/tests/support/merchant-money'
import { PocketProvider } from '@/tests/support/pocket-provider'

const ACTOR = { kind: 'MERCHANT', id: null } as const
const MATURE = after(NOW, 14 * DAY_MS)

async function refund({ orderId, merchantId }: { orderId: string; merchantId: string }, amountMinor: number) {
  const input = { orderId, wanted: { amountMinor }, reason: 'x' }
  return run((tx) => refundAsMerchant(tx, merchantId, input, ACTOR, MATURE))
}

test('who was paid out cannot have the protection fund pay his refund: nothing is given back', async () => {
  const order = await aConfirmedOrder()
  await matureEarnings(run, MATURE, (error) => {
    throw error
  })
  await aReadyAccount(order.merchantId, new PocketProvider())
  const { merchantId } = order
  const payout = { merchantId, amountMinor: 670, currency: 'CNY', provider: 'sandbox', requestedById: null } as const
  await run((tx) => requestPayout(tx, payout, MATURE))
  const before = await balanceOf(protectionFund('CNY'))
  await expect(refund(order, 1_000)).rejects.toMatchObject({
    code: 'refund/beyond-own-money',
    params: { lackMinor: 670 },
  })
  expect(await db.orderRefund.count({ where: { orderId: order.orderId } })).toBe(0)
  expect(await db.refund.count({ where: { orderId: order.orderId } })).toBe(0)
  expect(await balanceOf(protectionFund('CNY'))).toBe(before)
  expect(await balanceOf(merchantReceivable(order.merchantId, 'CNY'))).toBe(0)
  expect(await balanceOf(merchantAvailable(order.merchantId, 'CNY'))).toBe(300)
})

test('as far as his own money goes he refunds himself; of an order that is not his, nothing', async () => {
  const order = await aConfirmedOrder()
  await expect(refund({ ...order, merchantId: await aMerchant() }, 100)).rejects.toMatchObject({
    code: 'access/not-found',
  })
  await refund(order, 400)
  expect(await db.orderRefund.findMany({ where: { orderId: order.orderId } })).toMatchObject([
    { amountMinor: 400, fromFundMinor: 0, actorKind: 'MERCHANT' },
  ])
})
