import { describe, expect, test } from 'vitest'
import {
  acceptComplaint,
  appendEntry,
  carryOut,
  closeCase,
  contestComplaint,
  escalateComplaint,
  grantBySilence,
  lockCase,
  openComplaint,
  sayInCase,
  withdrawComplaint,
} from '@/lib/domain/complaints'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { SYSTEM } from '@/lib/domain/actor'
import { autoConfirmOrder, confirmOrder, refundAsMerchant } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { legsOf, statusOf, stockOf } from '@/tests/support/books'
import { type OpenCase, anOpenCase, chainFaults, entriesOf } from '@/tests/support/complaints'
import { db } from '@/tests/support/database'
import { BUYER, MERCHANT, NOW, aDeliveredOrder, aListing, run } from '@/tests/support/factories'
import { race } from '@/tests/support/race'

const DUE = after(NOW, 24 * HOUR_MS)
const fulfilled = { status: 'fulfilled' }
const refused = (code: string) => ({ status: 'rejected', reason: { code } })

const accepting = (of: OpenCase) => (tx: Tx) => {
  const units = of.cdkIds.map((cdkId) => ({ cdkId, result: 'REFUNDED' as const }))
  return acceptComplaint(tx, { ...of, units }, MERCHANT, DUE)
}
const granting =
  ({ complaintId }: OpenCase) =>
  (tx: Tx) =>
    grantBySilence(tx, complaintId, DUE)
const refunding =
  ({ orderId, merchantId, cdkIds }: OpenCase) =>
  (tx: Tx) =>
    refundAsMerchant(tx, merchantId, { orderId, wanted: { cdkIds }, reason: 'goodwill' }, MERCHANT, DUE)
/** What a ruling does with a case, whatever state it is in. */
const ruling = (of: OpenCase, result: UnitResult, now: Date) => async (tx: Tx) => {
  const locked = await lockCase(tx, of.complaintId)
  const units = of.cdkIds.map((cdkId) => ({ cdkId, result }))
  const how = { actor: SYSTEM, reason: 'complaint-ruling', orRefund: false, ownMoneyOnly: false }
  await carryOut(tx, locked, { ...how, decision: { units, compensationMinor: 0 } }, now)
  await closeCase(tx, locked, { name: 'moot', outcome: 'RULED', actor: SYSTEM }, now)
}
const outcomeOf = async ({ complaintId }: OpenCase) =>
  (await db.complaint.findUniqueOrThrow({ where: { id: complaintId } })).outcome

/** One remedy, one refund, a whole chain. */
async function expectRefundedOnce(one: OpenCase): Promise<void> {
  expect(await legsOf(one.orderId)).toHaveLength(1)
  expect(await db.orderRefund.count({ where: { orderId: one.orderId } })).toBe(1)
  expect(await chainFaults(one.complaintId)).toEqual([])
}

describe('a merchant and the clock', () => {
  test('he accepts first: no penalty, one refund', async () => {
    const one = await anOpenCase()
    const [accepted, granted] = await race(accepting(one), granting(one))
    expect(accepted).toMatchObject(fulfilled)
    expect(granted).toMatchObject(refused('complaint/not-now'))
    await expectRefundedOnce(one)
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'accepted', 'remedied', 'closed'])
    expect(await db.penalty.count({ where: { orderId: one.orderId } })).toBe(0)
  })

  test('the clock grants first: he has nothing to accept', async () => {
    const one = await anOpenCase()
    const [granted, accepted] = await race(granting(one), accepting(one))
    expect(granted).toMatchObject(fulfilled)
    expect(accepted).toMatchObject(refused('complaint/not-now'))
    await expectRefundedOnce(one)
    expect(await outcomeOf(one)).toBe('SILENCE')
  })

  test('two workers grant once', async () => {
    const one = await anOpenCase()
    const [first, second] = await race(granting(one), granting(one))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('complaint/not-now'))
    await expectRefundedOnce(one)
    expect(await db.penalty.count({ where: { complaintId: one.complaintId } })).toBe(1)
  })

  test("his own refund and the clock's: the buyer gets the price once", async () => {
    const one = await anOpenCase({ quantity: 2, units: 1 })
    const [own, granted] = await race(refunding(one), granting(one))
    expect(own).toMatchObject(fulfilled)
    expect(granted).toMatchObject(fulfilled)
    await expectRefundedOnce(one)
    const two = await anOpenCase({ quantity: 2, units: 1 })
    const [first, second] = await race(granting(two), refunding(two))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('refund/cdk-refunded'))
    await expectRefundedOnce(two)
  })
})

describe('a case and the release of its order', () => {
  const LATE = after(NOW, 72 * HOUR_MS)
  const releasing =
    ({ orderId }: Pick<OpenCase, 'orderId'>) =>
    (tx: Tx) =>
      autoConfirmOrder(tx, orderId, SYSTEM, LATE)
  const opening = (orderId: string, cdkId: string) => (tx: Tx) =>
    openComplaint(
      tx,
      {
        orderId,
        buyerId: null,
        buyerKey: `${orderId}@example.com`,
        failure: 'INVALID',
        cdkIds: [cdkId],
        demand: 'REFUND',
        demandMinor: null,
        statement: '兑换失败。',
      },
      BUYER,
      LATE,
    )
  async function delivered() {
    const { orderId } = await aDeliveredOrder()
    const { id } = await db.cdk.findFirstOrThrow({ where: { orderId } })
    return { orderId, cdkId: id }
  }

  test('opened first: the clock does not release; released first: the claim is one after release', async () => {
    const one = await delivered()
    const [opened, released] = await race(opening(one.orderId, one.cdkId), releasing(one))
    expect(opened).toMatchObject(fulfilled)
    expect(released).toMatchObject(refused('order/not-due'))
    expect(await statusOf(one.orderId)).toBe('DELIVERED')

    const two = await delivered()
    const [first, second] = await race(releasing(two), opening(two.orderId, two.cdkId))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(fulfilled)
    const complaint = await db.complaint.findFirstOrThrow({ where: { orderId: two.orderId } })
    expect(complaint).toMatchObject({ afterRelease: true })
    expect(await db.earning.findUniqueOrThrow({ where: { orderId: two.orderId } })).toMatchObject({ heldAt: LATE })
  })

  test('a second tab confirms while the complaint is opened: it is held, or claimed after release', async () => {
    const confirming =
      ({ orderId }: Pick<OpenCase, 'orderId'>) =>
      (tx: Tx) =>
        confirmOrder(tx, orderId, BUYER, LATE)
    const one = await delivered()
    const [opened, confirmed] = await race(opening(one.orderId, one.cdkId), confirming(one))
    expect(opened).toMatchObject(fulfilled)
    expect(confirmed).toMatchObject(refused('order/complained'))
    expect(await statusOf(one.orderId)).toBe('DELIVERED')
    const two = await delivered()
    const [first, second] = await race(confirming(two), opening(two.orderId, two.cdkId))
    expect([first, second]).toMatchObject([fulfilled, fulfilled])
    expect(await db.complaint.findFirstOrThrow({ where: { orderId: two.orderId } })).toMatchObject({
      afterRelease: true,
    })
  })

  test('a ruling for the buyer and the clock: refunded, never released as well', async () => {
    const one = await anOpenCase()
    const [ruled, released] = await race(ruling(one, 'REFUNDED', LATE), releasing(one))
    expect(ruled).toMatchObject(fulfilled)
    expect(released).toMatchObject(refused('order/not-due'))
    expect(await statusOf(one.orderId)).toBe('REFUNDED')
    const two = await anOpenCase()
    const [tooEarly, then] = await race(releasing(two), ruling(two, 'REFUNDED', LATE))
    expect(tooEarly).toMatchObject(refused('order/not-due'))
    expect(then).toMatchObject(fulfilled)
    await expectRefundedOnce(two)
  })

  test('the end of a case gives back what was left of the window, not a release at once', async () => {
    const one = await anOpenCase({ at: after(NOW, 71 * HOUR_MS) })
    const withdrawing = (tx: Tx) => withdrawComplaint(tx, one, BUYER, after(LATE, DAY_MS))
    const [withdrawn, released] = await race(withdrawing, releasing(one))
    expect(withdrawn).toMatchObject(fulfilled)
    expect(released).toMatchObject(refused('order/not-due'))
    const order = await db.order.findUniqueOrThrow({ where: { id: one.orderId } })
    expect(order).toMatchObject({ status: 'DELIVERED', dueAt: after(LATE, DAY_MS + HOUR_MS) })
  })
})

describe('one CDK, refunded and replaced', () => {
  async function aReplaceable() {
    const listing = await aListing({ stock: 4 })
    const { orderId } = await aDeliveredOrder({ listing, quantity: 2 })
    return { listing, one: await anOpenCase({ orderId, units: 1, demand: 'REPLACEMENT' }) }
  }

  test('replaced first: the refund of it is refused', async () => {
    const { listing, one } = await aReplaceable()
    const [replaced, refund] = await race(ruling(one, 'REPLACED', DUE), refunding(one))
    expect(replaced).toMatchObject(fulfilled)
    expect(refund).toMatchObject(refused('refund/cdk-refunded'))
    expect(await legsOf(one.orderId)).toEqual([])
    expect(await stockOf(listing.variantId)).toEqual({ DELIVERED: 2, RETIRED: 1, AVAILABLE: 1 })
  })

  test('refunded first: nothing is handed over for it', async () => {
    const { listing, one } = await aReplaceable()
    const [refund, replaced] = await race(refunding(one), ruling(one, 'REPLACED', DUE))
    expect(refund).toMatchObject(fulfilled)
    expect(replaced).toMatchObject(fulfilled)
    await expectRefundedOnce(one)
    const unit = await db.complaintUnit.findFirstOrThrow({ where: { complaintId: one.complaintId } })
    expect(unit).toMatchObject({ result: 'REFUNDED', replacementId: null })
    const { DELIVERED } = await stockOf(listing.variantId)
    expect(DELIVERED).toBe(1)
  })
})

describe('two sides at once', () => {
  test('two withdrawals: one', async () => {
    const one = await anOpenCase()
    const withdrawing = (tx: Tx) => withdrawComplaint(tx, one, BUYER, DUE)
    const [first, second] = await race(withdrawing, withdrawing)
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('complaint/not-now'))
    expect(await entriesOf(one.complaintId)).toEqual(['opened', 'withdrawn', 'closed'])
  })

  test('two entries follow each other, whoever locks what', async () => {
    const { complaintId, ...one } = await anOpenCase()
    const appending = (text: string) => (tx: Tx) =>
      appendEntry(tx, complaintId, { type: 'message', actor: BUYER, body: { text } }, NOW)
    const [first, second] = await race(appending('一'), appending('二'))
    expect([first, second]).toMatchObject([{ value: 1 }, { value: 2 }])
    const [third, fourth] = await race(
      (tx) => sayInCase(tx, { complaintId, text: '三' }, MERCHANT, DUE),
      (tx) => sayInCase(tx, { complaintId, text: '四' }, BUYER, NOW),
    )
    expect([third, fourth]).toMatchObject([{ value: 3 }, { value: 4 }])
    expect(await chainFaults(complaintId)).toEqual([])
    expect(await entriesOf(complaintId)).toHaveLength(5)
    expect(await statusOf(one.orderId)).toBe('DELIVERED')
  })

  test('escalated and accepted: one of them', async () => {
    const SOON = after(NOW, HOUR_MS)
    const contested = async () => {
      const one = await anOpenCase()
      await run((tx) => contestComplaint(tx, { ...one, text: '已核对。' }, MERCHANT, SOON))
      return one
    }
    const escalating =
      ({ complaintId }: OpenCase) =>
      (tx: Tx) =>
        escalateComplaint(tx, { complaintId }, BUYER, DUE)
    const one = await contested()
    const [escalated, accepted] = await race(escalating(one), accepting(one))
    expect(escalated).toMatchObject(fulfilled)
    expect(accepted).toMatchObject(refused('complaint/not-now'))
    expect(await legsOf(one.orderId)).toEqual([])
    const two = await contested()
    const [first, second] = await race(accepting(two), escalating(two))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('complaint/not-now'))
    await expectRefundedOnce(two)
  })
})
