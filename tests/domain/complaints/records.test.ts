import { describe, expect, test } from 'vitest'
import { SYSTEM } from '@/lib/domain/actor'
import { type OpenComplaintInput, RecordFact, openAndRule, sweepComplaints } from '@/lib/domain/complaints'
import { differing } from '@/lib/domain/complaints/records-of-attributes'
import { buyerKeyOf } from '@/lib/domain/coupons'
import { escrowOf, merchantDeposit, merchantPending, postTransfers, protectionFund } from '@/lib/domain/ledger'
import { confirmOrder, deliverByHand, freezeOrder, recordPayment, refundOrder } from '@/lib/domain/orders'
import { sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, statusOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  BUYER,
  MERCHANT,
  NOW,
  type AnOrder,
  aBuyer,
  aBuyerWithWallet,
  aCapture,
  aDeliveredOrder,
  aListing,
  aManualListing,
  aMerchant,
  aPlacedOrder,
  anAwaitedOrder,
  codes,
  run,
  vault,
} from '@/tests/support/factories'
import { aDeposit } from '@/tests/support/merchant-money'

const LATER = after(NOW, HOUR_MS)

describe('a code that was sold before', () => {
  test('is refunded in the transaction that complains, with penalty and reason, and nothing of the other buyer', async () => {
    const { mine } = await aTwiceSoldCode()
    await aDeposit(mine.merchantId, 50_000)
    const opened = await complain(mine, { failure: 'ALREADY_USED' })
    expect(opened).toMatchObject({ refunded: false, ruled: true, rest: null })
    expect(await statusOf(mine.orderId)).toBe('REFUNDED')
    expect(await balanceOf(escrowOf(mine.orderId, 'CNY'))).toBe(0)
    expect(await db.penalty.findMany({ where: { orderId: mine.orderId } })).toMatchObject([
      { tariff: 'USED_CDK', amountMinor: 2_000, takenMinor: 2_000 },
    ])
    expect(await balanceOf(merchantDeposit(mine.merchantId, 'CNY'))).toBe(48_000)
    const { complaint, entries } = await caseOf(mine.orderId)
    expect(complaint).toMatchObject({ state: 'CLOSED', outcome: 'RECORDS', holds: false, closedAt: LATER })
    expect(entries.map(({ type }) => type)).toEqual(['opened', 'granted', 'penalty', 'remedied', 'closed'])
    const [cdkId] = await cdksOf(mine)
    expect(entries[1]?.body).toEqual({
      cause: 'RECORDS',
      fact: 'SOLD_BEFORE',
      facts: [{ record: 'SOLD_BEFORE', cdkId, at: NOW.toISOString() }],
    })
    expect(await db.orderRefund.findMany({ where: { orderId: mine.orderId } })).toMatchObject([
      { reason: 'complaint-records', actorKind: 'SYSTEM' },
    ])
  })

  test('where it would cost the protection fund people look: nothing of the ruling stays', async () => {
    const { mine } = await aTwiceSoldCode()
    await run((tx) => confirmOrder(tx, mine.orderId, BUYER, NOW))
    // What he earned is gone, and he has no deposit.
    await run(async (tx) => {
      await tx.earning.update({ where: { orderId: mine.orderId }, data: { pendingMinor: 0 } })
      const gone = { key: `test:${mine.orderId}`, code: 'test', to: protectionFund('CNY'), amountMinor: 970 }
      await postTransfers(tx, [{ ...gone, from: merchantPending(mine.merchantId, 'CNY') }], NOW)
    })
    const opened = await complain(mine, { failure: 'ALREADY_USED' })
    expect(opened).toMatchObject({ refunded: false, ruled: false })
    const { complaint, entries } = await caseOf(mine.orderId)
    expect(complaint).toMatchObject({ state: 'ESCALATED', outcome: null, holds: true })
    expect(entries.map(({ type }) => type)).toEqual(['opened', 'escalated'])
    expect(await db.penalty.count({ where: { orderId: mine.orderId } })).toBe(0)
    expect(await db.orderRefund.count({ where: { orderId: mine.orderId } })).toBe(0)
  })

  test('is replaced where the buyer wants that and stock has one, and refunded where it has none', async () => {
    const { mine } = await aTwiceSoldCode({ stock: 2 })
    await complain(mine, { failure: 'ALREADY_USED', demand: 'REPLACEMENT' })
    const [unit] = await unitsOf(mine.orderId)
    expect(unit).toMatchObject({ result: 'REPLACED', open: false })
    expect(await db.cdk.findUniqueOrThrow({ where: { id: unit?.replacementId ?? '' } })).toMatchObject({
      state: 'DELIVERED',
      orderId: mine.orderId,
    })
    // Another code, another look: a whole inspection window.
    expect(await orderOf(mine.orderId)).toMatchObject({
      status: 'DELIVERED',
      complainedAt: null,
      dueAt: after(LATER, 72 * HOUR_MS),
    })
    const { mine: last } = await aTwiceSoldCode({ stock: 1 })
    await complain(last, { failure: 'ALREADY_USED', demand: 'REPLACEMENT' })
    expect(await statusOf(last.orderId)).toBe('REFUNDED')
    expect(await unitsOf(last.orderId)).toMatchObject([{ result: 'REFUNDED', replacementId: null }])
  })

  test('is compensated where the buyer keeps it for less', async () => {
    const { mine } = await aTwiceSoldCode()
    await complain(mine, { failure: 'ALREADY_USED', demand: 'COMPENSATION', demandMinor: 300 })
    expect(await orderOf(mine.orderId)).toMatchObject({ status: 'DELIVERED', refundedMinor: 300, complainedAt: null })
    expect(await unitsOf(mine.orderId)).toMatchObject([{ result: 'COMPENSATED' }])
  })

  test('decides nothing when it was sold later, to the same buyer, or as a seat of a shared code', async () => {
    const later = await aTwiceSoldCode({ firstAt: after(NOW, 10) })
    const buyer = await aBuyer()
    const same = await aTwiceSoldCode({ form: buyer })
    const shared = await aTwiceSoldCode()
    await db.stockBatch.updateMany({ where: { merchantId: shared.other.merchantId }, data: { seats: 3 } })
    for (const { mine } of [later, same, shared]) {
      expect(await complain(mine, { failure: 'ALREADY_USED' })).toMatchObject({ ruled: false })
      expect((await caseOf(mine.orderId)).complaint).toMatchObject({ state: 'OPEN', holds: true })
    }
  })

  test('one of three: that one is ruled at once, the others wait for the merchant in a case of their own', async () => {
    const { mine } = await aTwiceSoldCode({ quantity: 3, stock: 5 })
    const cdkIds = await cdksOf(mine)
    const opened = await complain(mine, {
      failure: 'ALREADY_USED',
      cdkIds,
      demand: 'COMPENSATION',
      demandMinor: 1_000,
    })
    if (opened.refunded || !opened.rest) throw new Error('two cases were expected')
    expect(opened).toMatchObject({ ruled: true })
    const [ruled, rest] = [await complaintOf(opened.complaintId), await complaintOf(opened.rest.complaintId)]
    expect(ruled).toMatchObject({ state: 'CLOSED', outcome: 'RECORDS', demandMinor: 333, stakeMinor: 333 })
    expect(ruled.units.map(({ cdkId }) => cdkId)).toEqual([cdkIds[0]])
    expect(rest).toMatchObject({ state: 'OPEN', holds: true, demandMinor: 667 })
    expect(rest.units).toHaveLength(2)
    expect(await orderOf(mine.orderId)).toMatchObject({ complainedAt: LATER, dueAt: null, refundedMinor: 333 })
  })
})

test('a ruling that leaves nothing of the order has the other case closed by the clock', async () => {
  const { mine } = await aTwiceSoldCode({ quantity: 2, stock: 2 })
  const wanted = { amountMinor: 1_000 }
  await run((tx) => refundOrder(tx, { orderId: mine.orderId, wanted, reason: 'x' }, SYSTEM, NOW))
  const opened = await complain(mine, { failure: 'ALREADY_USED' })
  expect(await statusOf(mine.orderId)).toBe('REFUNDED')
  await sweepComplaints(run, LATER, (error) => {
    throw error
  })
  const { rest, ...ruled } = opened.refunded ? { rest: null } : opened
  expect(ruled).toMatchObject({ ruled: true })
  expect(await complaintOf(rest?.complaintId ?? '')).toMatchObject({ state: 'CLOSED', outcome: 'ELSEWHERE' })
  expect(await orderOf(mine.orderId)).toMatchObject({ complainedAt: null })
})

describe('a CDK that had left before', () => {
  test.each([
    ['revealed', 'SEEN_BEFORE'],
    ['exported', 'EXPORTED_BEFORE'],
  ])('%s before its delivery: %s', async (type, record) => {
    const order = await aDeliveredOrder()
    const [cdkId = ''] = await cdksOf(order)
    await db.cdk.update({ where: { id: cdkId }, data: { deliveredAt: after(NOW, 60_000) } })
    await db.$executeRaw(sql`
      INSERT INTO cdk_event ("merchantId", "cdkId", seq, type, at, "actorPseudonym", commitment, salt, details, hash)
      SELECT "merchantId", "cdkId", 900, ${type}, at, "actorPseudonym", commitment, salt,
             jsonb_build_object('orderId', ${newId()}::text), hash FROM cdk_event WHERE "cdkId" = ${cdkId}::uuid AND seq = 0`)
    expect(await complain(order, { failure: 'ALREADY_USED' })).toMatchObject({ ruled: true })
    expect(await factsOf(order.orderId)).toEqual([{ record, cdkId, at: NOW.toISOString() }])
  })
})

describe('a code that had ended', () => {
  test('when it was delivered, or before the promised validity', async () => {
    const ended = await aDeliveredOrder()
    await endsAt(ended.orderId, after(NOW, -DAY_MS))
    expect(await complain(ended, { failure: 'EXPIRED' })).toMatchObject({ ruled: true })
    expect(await factsOf(ended.orderId)).toMatchObject([
      { record: 'EXPIRED', at: after(NOW, -DAY_MS).toISOString(), deliveredAt: NOW.toISOString(), promisedDays: 0 },
    ])
    const short = await aDeliveredOrder()
    await endsAt(short.orderId, after(NOW, 30 * DAY_MS))
    await promiseDays(short.orderId, 30)
    expect(await complain(short, { failure: 'EXPIRED' })).toMatchObject({ ruled: true })
  })

  test('not one that lasts longer, or that says nothing', async () => {
    const lasts = await aDeliveredOrder()
    await endsAt(lasts.orderId, after(NOW, 31 * DAY_MS))
    await promiseDays(lasts.orderId, 30)
    for (const order of [lasts, await aDeliveredOrder()]) {
      expect(await complain(order, { failure: 'EXPIRED' })).toMatchObject({ ruled: false })
    }
  })
})

describe('attributes of the batch and of the snapshot', () => {
  test('an import keeps what the listing says', async () => {
    const { variantId } = await aListing()
    expect(await db.stockBatch.findMany({ where: { variantId } })).toMatchObject([
      { attributes: { region: '中国大陆', platform: 'PC' } },
    ])
  })

  test('codes that came in for another region are refunded at once; the listing of another platform is no other region', async () => {
    const region = await soldAs({ region: '全球', platform: 'PC' })
    expect(await complain(region, { failure: 'REGION_MISMATCH' })).toMatchObject({ ruled: true })
    expect(await factsOf(region.orderId)).toMatchObject([
      { record: 'ATTRIBUTES_DIFFER', attribute: 'region', promised: '全球', delivered: '中国大陆' },
    ])
    // Stock has more of them, and they are of the same region.
    const replace = await soldAs({ region: '全球' })
    await complain(replace, { failure: 'REGION_MISMATCH', demand: 'REPLACEMENT' })
    expect(await unitsOf(replace.orderId)).toMatchObject([{ result: 'REFUNDED', replacementId: null }])
    const platform = await soldAs({ region: '中国大陆', platform: 'Switch' })
    expect(await complain(platform, { failure: 'REGION_MISMATCH' })).toMatchObject({ ruled: false })
    const described = await soldAs({ region: '中国大陆', platform: 'Switch' })
    expect(await complain(described, { failure: 'NOT_AS_DESCRIBED' })).toMatchObject({ ruled: true })
  })

  test('what one side does not state decides nothing, nor do codes from before it was kept, nor those brought by hand', async () => {
    const unstated = await soldAs({ region: '中国大陆', edition: '豪华版' })
    expect(await complain(unstated, { failure: 'EDITION_MISMATCH' })).toMatchObject({ ruled: false })
    const old = await soldAs({ region: '全球' })
    await db.$executeRaw`UPDATE stock_batch SET attributes = NULL WHERE "merchantId" = ${old.merchantId}::uuid`
    expect(await complain(old, { failure: 'REGION_MISMATCH' })).toMatchObject({ ruled: false })
    const manual = await anAwaitedOrder({ listing: await aManualListing() })
    await db.product.update({ where: { id: manual.productId }, data: { attributes: { region: '全球' } } })
    const [code = ''] = codes(1)
    const of = { merchantId: manual.merchantId, orderId: manual.orderId, deliveredById: newId(), fileName: null }
    const given = { ...of, lines: [{ line: 1, code }], refundRest: false }
    await run((tx) => deliverByHand(tx, vault, given, MERCHANT, NOW))
    expect(await complain(manual, { failure: 'REGION_MISMATCH' })).toMatchObject({ ruled: false })
  })

  test('spelling is no difference', () => {
    expect(differing({ region: 'ＥＵ zone' }, { region: 'eu  Zone' }, ['region'])).toEqual([])
    expect(differing({ region: 'EU' }, { region: 'US' }, ['region'])).toHaveLength(1)
  })
})

describe('the charge', () => {
  test('a second capture: shown with its refund, and not paid a second time', async () => {
    const order = await aDeliveredOrder()
    const second = await aCapture(order.checkoutId)
    await run((tx) => recordPayment(tx, order.checkoutId, second, NOW))
    expect(await complain(order, { failure: 'DUPLICATE_CHARGE', cdkIds: [] })).toMatchObject({ ruled: true })
    expect(await factsOf(order.orderId)).toEqual([
      {
        record: 'TWO_CAPTURES',
        cdkId: null,
        at: NOW.toISOString(),
        amountMinor: 1_000,
        reference: second.captureRef,
        refund: { status: 'PENDING', settledAt: null, reference: null },
      },
    ])
    expect(await orderOf(order.orderId)).toMatchObject({ status: 'DELIVERED', refundedMinor: 0, complainedAt: null })
    expect(await db.refund.count({ where: { orderId: order.orderId } })).toBe(1)
    expect((await caseOf(order.orderId)).entries.map(({ type }) => type)).toEqual(['opened', 'granted', 'closed'])
  })

  test('one that nobody knows of, or whose refund failed for good, goes to the arbitrators, past the merchant', async () => {
    const failed = await aDeliveredOrder()
    const second = await aCapture(failed.checkoutId)
    await run((tx) => recordPayment(tx, failed.checkoutId, second, NOW))
    await db.refund.updateMany({
      where: { orderId: failed.orderId },
      data: { status: 'FAILED', dueAt: null, settledAt: null },
    })
    for (const order of [failed, await aDeliveredOrder()]) {
      expect(await complain(order, { failure: 'DUPLICATE_CHARGE', cdkIds: [] })).toMatchObject({ ruled: false })
      expect((await caseOf(order.orderId)).complaint).toMatchObject({
        state: 'ESCALATED',
        escalatedAt: LATER,
        dueAt: after(LATER, 30 * DAY_MS),
        holds: true,
      })
    }
  })

  test('what was charged above the snapshot comes back', async () => {
    const order = await aDeliveredOrder({ quantity: 2 })
    await db.$executeRaw`
      UPDATE "order" SET snapshot = jsonb_set(snapshot, '{price,unitPriceMinor}', '900') WHERE id = ${order.orderId}::uuid`
    const wanted = { failure: 'OVERCHARGED', cdkIds: [], demand: 'COMPENSATION', demandMinor: 5 } as const
    expect(await complain(order, wanted)).toMatchObject({ ruled: true })
    expect(await factsOf(order.orderId)).toMatchObject([
      { record: 'CHARGED_MORE', agreedMinor: 1_800, chargedMinor: 2_000, amountMinor: 200 },
    ])
    expect(await orderOf(order.orderId)).toMatchObject({ refundedMinor: 200, status: 'DELIVERED', complainedAt: null })
  })

  test('nothing too much, whoever paid it: to the arbitrators', async () => {
    const [some, all] = [await aBuyerWithWallet(400), await aBuyerWithWallet(1_000)]
    const orders = [
      await aDeliveredOrder({ form: { ...some, walletMinor: 400 } }),
      await aPlacedOrder({ form: { ...all, walletMinor: 1_000 } }),
      await aDeliveredOrder({ quantity: 10, listing: await aListing({ stock: 10 }) }),
    ]
    const wanted = { failure: 'OVERCHARGED', cdkIds: [], demand: 'COMPENSATION', demandMinor: 5 } as const
    for (const order of orders) {
      expect(await complain(order, wanted)).toMatchObject({ ruled: false })
      expect((await caseOf(order.orderId)).complaint).toMatchObject({ state: 'ESCALATED' })
    }
  })
})

describe('not delivered', () => {
  test('in the promised time: the buyer is told until when', async () => {
    const order = await anAwaitedOrder({ listing: await aManualListing(4) })
    await expect(complain(order, { failure: 'NOT_DELIVERED', cdkIds: [] })).rejects.toMatchObject({
      code: 'complaint/promised-until',
      params: { untilAt: after(NOW, 4 * HOUR_MS).getTime() },
    })
  })

  test('after it: everything back and the penalty, without a case', async () => {
    const order = await anAwaitedOrder({ listing: await aManualListing(4) })
    const late = after(NOW, 4 * HOUR_MS)
    expect(await complain(order, { failure: 'NOT_DELIVERED', cdkIds: [] }, late)).toEqual({ refunded: true })
    expect(await statusOf(order.orderId)).toBe('REFUNDED')
    expect((await eventsOf(order.orderId)).at(-1)).toBe('fail-delivery')
    expect(await db.complaint.count({ where: { orderId: order.orderId } })).toBe(0)
    await expect(complain(order, { failure: 'NOT_DELIVERED', cdkIds: [] }, late)).rejects.toMatchObject({
      code: 'order/not-delivered',
    })
  })

  test('a delivered order says what to complain about instead; a disputed one waits', async () => {
    await expect(complain(await aDeliveredOrder(), { failure: 'NOT_DELIVERED' })).rejects.toMatchObject({
      code: 'complaint/was-delivered',
    })
    const frozen = await anAwaitedOrder()
    await run((tx) => freezeOrder(tx, frozen.orderId, { disputeId: newId() }, NOW))
    await expect(
      complain(frozen, { failure: 'NOT_DELIVERED', cdkIds: [] }, after(NOW, 9 * HOUR_MS)),
    ).rejects.toMatchObject({ code: 'order/frozen' })
  })
})

test('after release the same, for as long as fraud may be claimed', async () => {
  const { mine } = await aTwiceSoldCode()
  await run((tx) => confirmOrder(tx, mine.orderId, BUYER, NOW))
  expect(await complain(mine, { failure: 'ALREADY_USED' }, after(NOW, 100 * DAY_MS))).toMatchObject({ ruled: true })
  expect(await db.orderRefund.findFirstOrThrow({ where: { orderId: mine.orderId } })).toMatchObject({
    amountMinor: 1_000,
  })
  expect((await caseOf(mine.orderId)).complaint).toMatchObject({ afterRelease: true, outcome: 'RECORDS' })
})

test('what fails takes the complaint back with it', async () => {
  const { mine } = await aTwiceSoldCode()
  await run((tx) => refundOrder(tx, { orderId: mine.orderId, wanted: { all: true }, reason: 'x' }, SYSTEM, NOW))
  await expect(complain(mine, { failure: 'ALREADY_USED', cdkIds: [newId()] })).rejects.toMatchObject({
    code: 'order/not-delivered',
  })
  expect(await db.complaint.count({ where: { orderId: mine.orderId } })).toBe(0)
})

/** One code that two merchants delivered, `mine` a second after the other; its first CDK is the one. */
async function aTwiceSoldCode({
  stock = 1,
  quantity = 1,
  firstAt = NOW,
  form = {},
}: {
  readonly stock?: number
  readonly quantity?: number
  readonly firstAt?: Date
  readonly form?: NonNullable<Parameters<typeof aDeliveredOrder>[0]>['form']
} = {}): Promise<{ readonly mine: AnOrder; readonly other: AnOrder }> {
  const elsewhere = { email: 'somebody-else@example.com', ...form }
  const other = await aDeliveredOrder({ listing: await aListing({ merchantId: await aMerchant() }), form: elsewhere })
  const mine = await aDeliveredOrder({ listing: await aListing({ stock }), quantity, form })
  const [[mineId = ''], [otherId = '']] = [await cdksOf(mine), await cdksOf(other)]
  // Two imports at the same moment: neither saw the other's.
  const { fingerprint } = await db.cdk.findUniqueOrThrow({ where: { id: mineId } })
  await db.cdk.update({ where: { id: otherId }, data: { fingerprint, deliveredAt: firstAt } })
  await db.cdk.updateMany({ where: { orderId: mine.orderId }, data: { deliveredAt: after(NOW, 1) } })
  return { mine, other }
}

/** A delivered order whose listing said something else when it was bought than when its codes came in. */
async function soldAs(attributes: Record<string, string>): Promise<AnOrder> {
  const listing = await aListing()
  await db.product.update({ where: { id: listing.productId }, data: { attributes } })
  return aDeliveredOrder({ listing })
}

async function complain(
  { orderId }: Pick<AnOrder, 'orderId'>,
  changes: Partial<OpenComplaintInput> & Pick<OpenComplaintInput, 'failure'>,
  now = LATER,
) {
  const { checkout, cdks } = await db.order.findUniqueOrThrow({
    where: { id: orderId },
    include: { checkout: true, cdks: { orderBy: { id: 'asc' } } },
  })
  const input: OpenComplaintInput = {
    orderId,
    buyerId: checkout.buyerId,
    buyerKey: buyerKeyOf({ ...checkout, email: `${orderId}@example.com` }),
    cdkIds: cdks.map(({ id }) => id),
    demand: 'REFUND',
    demandMinor: null,
    statement: '激活时提示已被使用。',
    ...changes,
  }
  return run((tx) => openAndRule(tx, input, { ...BUYER, id: checkout.buyerId }, now))
}

const orderOf = (id: string) => db.order.findUniqueOrThrow({ where: { id } })
const unitsOf = (orderId: string) => db.complaintUnit.findMany({ where: { complaint: { orderId } } })

async function complaintOf(id: string) {
  return db.complaint.findUniqueOrThrow({ where: { id }, include: { units: true } })
}

async function cdksOf({ orderId }: Pick<AnOrder, 'orderId'>): Promise<string[]> {
  const cdks = await db.cdk.findMany({ where: { orderId }, orderBy: { id: 'asc' } })
  return cdks.map(({ id }) => id)
}

async function caseOf(orderId: string) {
  const { entries, ...complaint } = await db.complaint.findFirstOrThrow({
    where: { orderId },
    include: { entries: { orderBy: { seq: 'asc' } } },
  })
  return { complaint, entries }
}

async function factsOf(orderId: string): Promise<RecordFact[]> {
  const { entries } = await caseOf(orderId)
  const body = entries.find(({ type }) => type === 'granted')?.body
  return body !== null && typeof body === 'object' && 'facts' in body ? RecordFact.array().parse(body.facts) : []
}

async function endsAt(orderId: string, expiresAt: Date): Promise<void> {
  await db.cdk.updateMany({ where: { orderId }, data: { expiresAt, sellBy: expiresAt } })
}

async function promiseDays(orderId: string, days: number): Promise<void> {
  await db.$executeRaw`
    UPDATE "order" SET snapshot = jsonb_set(snapshot, '{validityDays}', ${String(days)}::jsonb) WHERE id = ${orderId}::uuid`
}
