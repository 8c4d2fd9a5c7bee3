import { describe, expect, test } from 'vitest'
import {
  type AccountRef,
  escrowOf,
  merchantAvailable,
  merchantDeposit,
  merchantPending,
  merchantReceivable,
  platformFee,
  protectionFund,
  refundInTransit,
  walletOf,
} from '@/lib/domain/ledger'
import { fundProtection, matureEarnings, recordDeposit, requestPayout } from '@/lib/domain/merchants'
import { type RefundWanted, SYSTEM, autoConfirmOrder, freezeOrder, refundOrder, revealCdks } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  type AnOrder,
  NOW,
  aBuyerWithWallet,
  aConfirmedOrder,
  aDeliveredOrder,
  aListing,
  aMerchant,
  run,
  vault,
} from '@/tests/support/factories'

const BUYER = { kind: 'BUYER', id: null } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const
const MATURE = after(NOW, 14 * DAY_MS)

async function refund({ orderId }: Pick<AnOrder, 'orderId'>, wanted: RefundWanted, now = NOW): Promise<string> {
  return run((tx) => refundOrder(tx, { orderId, wanted, reason: 'bad-code', note: 'checked' }, OPERATOR, now))
}

async function cdksOf({ orderId }: Pick<AnOrder, 'orderId'>): Promise<string[]> {
  const cdks = await db.cdk.findMany({ where: { orderId, state: 'DELIVERED' }, orderBy: { id: 'asc' } })
  return cdks.map(({ id }) => id)
}

/** Which of the accounts gained or lost how much while `work` ran. */
async function changesOf(accounts: readonly AccountRef[], work: () => Promise<unknown>): Promise<number[]> {
  const before = await Promise.all(accounts.map(balanceOf))
  await work()
  const now = await Promise.all(accounts.map(balanceOf))
  return now.map((balance, at) => balance - (before[at] ?? 0))
}

const transit = refundInTransit('sandbox', 'CNY')

describe('before release', () => {
  test('part of the total: the order goes on with what is left', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    const changes = await changesOf([escrowOf(order.orderId, 'CNY'), transit], () =>
      refund(order, { amountMinor: 700 }),
    )
    expect(changes).toEqual([-700, 700])
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    expect(await eventsOf(order.orderId)).toEqual(['place', 'deliver', 'refund-part'])
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 3, DELIVERED: 2 })
    await run((tx) => autoConfirmOrder(tx, order.orderId, SYSTEM, after(NOW, 72 * HOUR_MS)))
    // 3 % of the 13.00 that are left.
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(1_261)
    expect(await db.earning.findUnique({ where: { orderId: order.orderId } })).toMatchObject({
      earnedMinor: 1_261,
      pendingMinor: 1_261,
    })
  })

  test('per CDK: each once; those never looked at are sold again', async () => {
    const order = await aDeliveredOrder({ quantity: 3 })
    const [seen = '', unseen = '', last = ''] = await cdksOf(order)
    const look = { orderId: order.orderId, cdkId: seen, consent: true }
    await run((tx) => revealCdks(tx, vault, look, BUYER, NOW))
    const decision = await refund(order, { cdkIds: [seen, unseen, seen] })
    expect(await db.orderRefund.findUnique({ where: { id: decision }, include: { units: true } })).toMatchObject({
      amountMinor: 2_000,
      fromEscrowMinor: 2_000,
      feeMinor: 0,
      note: 'checked',
      units: [seen, unseen].toSorted().map((cdkId) => ({ cdkId })),
    })
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 3, DELIVERED: 1, RETIRED: 1 })
    await expect(refund(order, { cdkIds: [seen] })).rejects.toMatchObject({ code: 'refund/cdk-refunded' })
    await expect(refund(order, { cdkIds: [] })).rejects.toMatchObject({ code: 'refund/cdk-refunded' })
    await expect(refund(order, { cdkIds: [newId()] })).rejects.toMatchObject({ code: 'refund/cdk-refunded' })
    await refund(order, { cdkIds: [last] })
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(0)
  })

  test("a CDK of another order's is no CDK of this one", async () => {
    const [order, other] = [await aDeliveredOrder(), await aDeliveredOrder({ quantity: 2 })]
    const [foreign = ''] = await cdksOf(other)
    await expect(refund(order, { cdkIds: [foreign] })).rejects.toMatchObject({ code: 'refund/cdk-refunded' })
  })

  test.each([0, -1, 1_001, 0.5, Number.NaN])('refuses %s of 10.00', async (amountMinor) => {
    const order = await aDeliveredOrder()
    await expect(refund(order, { amountMinor })).rejects.toMatchObject({
      code: 'refund/too-much',
      params: { leftMinor: 1_000 },
    })
    expect(await legsOf(order.orderId)).toEqual([])
  })

  test('the last of the amount takes all CDKs along and closes the order', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    await refund(order, { amountMinor: 1_999 })
    expect(await statusOf(order.orderId)).toBe('DELIVERED')
    await refund(order, { amountMinor: 1 })
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 5 })
    await expect(refund(order, { all: true })).rejects.toMatchObject({ code: 'order/not-refundable' })
  })

  test('a form sent twice gives the money back once', async () => {
    const order = await aDeliveredOrder()
    const input = { orderId: order.orderId, wanted: { amountMinor: 300 }, reason: 'x', refundedBeforeMinor: 0 }
    await run((tx) => refundOrder(tx, input, OPERATOR, NOW))
    await expect(run((tx) => refundOrder(tx, input, OPERATOR, NOW))).rejects.toMatchObject({ code: 'refund/changed' })
    await run((tx) => refundOrder(tx, { ...input, refundedBeforeMinor: 300 }, OPERATOR, NOW))
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(400)
  })

  test('a dispute keeps the money where it is', async () => {
    const order = await aDeliveredOrder()
    await run((tx) => freezeOrder(tx, order.orderId, { disputeId: newId() }, NOW))
    await expect(refund(order, { all: true })).rejects.toMatchObject({ code: 'order/frozen' })
  })

  test('leaves nothing behind when the transaction fails after it', async () => {
    const order = await aDeliveredOrder()
    const failing = run(async (tx) => {
      await refundOrder(tx, { orderId: order.orderId, wanted: { all: true }, reason: 'x' }, OPERATOR, NOW)
      throw new Error('the power went out')
    })
    await expect(failing).rejects.toThrow('the power went out')
    expect(await balanceOf(escrowOf(order.orderId, 'CNY'))).toBe(1_000)
    expect(await db.payment.findFirst({ where: { checkoutId: order.checkoutId } })).toMatchObject({ refundedMinor: 0 })
    await refund(order, { all: true })
  })
})

describe('the way back', () => {
  test('to the capture first, up to what the provider paid; the rest to the wallet, there at once', async () => {
    const buyer = await aBuyerWithWallet(700)
    const order = await aDeliveredOrder({ quantity: 2, form: { ...buyer, walletMinor: 700 } })
    const wallet = walletOf(buyer.buyerId, 'CNY')
    expect(await changesOf([transit, wallet], () => refund(order, { amountMinor: 1_000 }))).toEqual([1_000, 0])
    expect(await changesOf([transit, wallet], () => refund(order, { amountMinor: 500 }))).toEqual([300, 200])
    expect(await changesOf([transit, wallet], () => refund(order, { all: true }))).toEqual([0, 500])
    expect(await legsOf(order.orderId)).toMatchObject([
      { method: 'PROVIDER', amountMinor: 1_000, status: 'PENDING', dueAt: NOW },
      { method: 'PROVIDER', amountMinor: 300, status: 'PENDING' },
      { method: 'WALLET', amountMinor: 200, status: 'SUCCEEDED', walletUserId: buyer.buyerId, paymentId: null },
      { method: 'WALLET', amountMinor: 500, status: 'SUCCEEDED', settledAt: NOW },
    ])
    expect(await db.payment.findFirst({ where: { checkoutId: order.checkoutId } })).toMatchObject({
      refundedMinor: 1_300,
    })
  })

  test('an order that the wallet paid goes back to the wallet', async () => {
    const buyer = await aBuyerWithWallet(1_000)
    const order = await aDeliveredOrder({ form: { ...buyer, walletMinor: 1_000 } })
    await refund(order, { all: true })
    expect(await balanceOf(walletOf(buyer.buyerId, 'CNY'))).toBe(1_000)
    expect(await legsOf(order.orderId)).toMatchObject([{ method: 'WALLET', amountMinor: 1_000, status: 'SUCCEEDED' }])
  })
})

describe('after release', () => {
  test("out of the order's own pending money, and the platform gives its fee on it back", async () => {
    const order = await aConfirmedOrder({ quantity: 2 })
    const { merchantId } = order
    const accounts = [merchantPending(merchantId, 'CNY'), platformFee('CNY'), transit]
    expect(await changesOf(accounts, () => refund(order, { amountMinor: 500 }))).toEqual([-485, -15, 500])
    expect(await statusOf(order.orderId)).toBe('CONFIRMED')
    expect(await db.earning.findUnique({ where: { orderId: order.orderId } })).toMatchObject({
      earnedMinor: 1_940,
      pendingMinor: 1_455,
    })
    expect(await changesOf(accounts, () => refund(order, { all: true }))).toEqual([-1_455, -45, 1_500])
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect(await db.orderRefund.findMany({ where: { orderId: order.orderId }, orderBy: { id: 'asc' } })).toMatchObject([
      { amountMinor: 500, feeMinor: 15, fromPendingMinor: 485, fromEscrowMinor: 0 },
      { amountMinor: 1_500, feeMinor: 45, fromPendingMinor: 1_455 },
    ])
    // Nothing is left to mature.
    await matureAll()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(0)
  })

  test('per CDK, the fee in proportion', async () => {
    const order = await aConfirmedOrder({ quantity: 3 })
    const [first = ''] = await cdksOf(order)
    await refund(order, { cdkIds: [first] })
    expect(await balanceOf(merchantPending(order.merchantId, 'CNY'))).toBe(1_940)
    expect(await stockOf(order.variantId)).toEqual({ AVAILABLE: 3, DELIVERED: 2 })
  })

  test('out of what is available once it has matured', async () => {
    const order = await aConfirmedOrder()
    await matureAll()
    const accounts = [merchantAvailable(order.merchantId, 'CNY'), platformFee('CNY'), transit]
    expect(await changesOf(accounts, () => refund(order, { all: true }, MATURE))).toEqual([-970, -30, 1_000])
  })

  test('out of pending, available, deposit and fund in this order; the merchant owes what the fund paid', async () => {
    const merchantId = await aMerchant()
    const listing = await aListing({ merchantId, stock: 20 })
    const order = await aConfirmedOrder({ listing, quantity: 3 })
    await matureAll()
    await payOut(merchantId, 2_570)
    const other = await aConfirmedOrder({ listing, now: MATURE })
    await run((tx) => recordDeposit(tx, { merchantId, reference: newId(), amountMinor: 300, currency: 'CNY' }, NOW))
    await run((tx) => fundProtection(tx, { reference: newId(), amountMinor: 10_000, currency: 'CNY' }, NOW))
    const accounts = [
      merchantAvailable(merchantId, 'CNY'),
      merchantPending(merchantId, 'CNY'),
      merchantDeposit(merchantId, 'CNY'),
      protectionFund('CNY'),
      merchantReceivable(merchantId, 'CNY'),
      platformFee('CNY'),
      transit,
    ]
    // What is borne is 29.10: 3.40 are available, 9.70 pending of the other order, 3.00 deposited. The claim that the fund
    // gets for its 13.00 goes back into it.
    const changes = await changesOf(accounts, () => refund(order, { all: true }, MATURE))
    expect(changes).toEqual([-340, -970, -300, 0, -1_300, -90, 3_000])
    expect(await db.orderRefund.findFirst({ where: { orderId: order.orderId } })).toMatchObject({
      amountMinor: 3_000,
      feeMinor: 90,
      fromAvailableMinor: 340,
      fromPendingMinor: 970,
      fromDepositMinor: 300,
      fromFundMinor: 1_300,
    })
    expect(await db.earning.findUnique({ where: { orderId: other.orderId } })).toMatchObject({ pendingMinor: 0 })
    expect(await legsOf(order.orderId)).toMatchObject([{ method: 'PROVIDER', amountMinor: 3_000 }])
    // What matures next pays the fund first.
    const next = await aConfirmedOrder({ listing, quantity: 2, now: MATURE })
    await matureEarnings(run, after(MATURE, 14 * DAY_MS), fail)
    expect(await balanceOf(merchantAvailable(next.merchantId, 'CNY'))).toBe(1_940 - 1_300)
    expect(await balanceOf(merchantReceivable(merchantId, 'CNY'))).toBe(0)
  })
})

function fail(error: unknown): never {
  throw error
}

async function matureAll(): Promise<void> {
  await matureEarnings(run, MATURE, fail)
}

async function payOut(merchantId: string, amountMinor: number): Promise<void> {
  const account = { merchantId, provider: 'sandbox', accountRef: newId(), ready: true, missing: [] }
  await db.payoutAccount.create({ data: { ...account, checkedAt: NOW, createdAt: NOW } })
  const payout = { merchantId, amountMinor, currency: 'CNY', provider: 'sandbox', requestedById: null } as const
  await run((tx) => requestPayout(tx, payout, MATURE))
}
