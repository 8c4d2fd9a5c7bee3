import { describe, expect, test } from 'vitest'
import { merchantDeposit } from '@/lib/domain/ledger'
import { recordDeposit } from '@/lib/domain/merchants'
import { declineDelivery, deliverByHand, failDelivery, freezeOrder } from '@/lib/domain/orders'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, legsOf, statusOf, stockOf } from '@/tests/support/books'
import {
  type AnOrder,
  MERCHANT,
  NOW,
  aManualListing,
  anAwaitedOrder,
  codes,
  run,
  vault,
} from '@/tests/support/factories'
import { race } from '@/tests/support/race'

const DUE = after(NOW, 4 * HOUR_MS)
const LAST = after(DUE, -1)
const fulfilled = { status: 'fulfilled' }
const refused = (code: string) => ({ status: 'rejected', reason: { code } })

const delivering =
  ({ orderId, merchantId }: AnOrder, given = codes(1), now = LAST) =>
  (tx: Tx) => {
    const lines = given.map((code, index) => ({ line: index + 1, code }))
    const facts = { orderId, merchantId, deliveredById: newId(), fileName: null, refundRest: false, lines }
    return deliverByHand(tx, vault, facts, MERCHANT, now)
  }
const failing =
  ({ orderId }: AnOrder) =>
  (tx: Tx) =>
    failDelivery(tx, orderId, DUE)
const declining =
  ({ orderId, merchantId }: AnOrder) =>
  (tx: Tx) =>
    declineDelivery(tx, { orderId, merchantId }, MERCHANT, NOW)
const freezing =
  ({ orderId }: AnOrder) =>
  (tx: Tx) =>
    freezeOrder(tx, orderId, { disputeId: newId() }, NOW)

describe('two at once on an order of manual delivery', () => {
  test('two of the staff: one delivers, the other is told, and his code is not stored', async () => {
    const order = await anAwaitedOrder()
    const [first, second] = await race(delivering(order), delivering(order))
    expect(first).toMatchObject({ value: { delivered: 1 } })
    expect(second).toMatchObject(refused('delivery/not-awaiting'))
    expect(await stockOf(order.variantId)).toEqual({ DELIVERED: 1 })
  })

  test('the merchant and the clock: whoever comes first', async () => {
    const kept = await anAwaitedOrder()
    const [delivered, tooLate] = await race(delivering(kept), failing(kept))
    expect(delivered).toMatchObject(fulfilled)
    expect(tooLate).toMatchObject(refused('order/not-due'))
    expect(await statusOf(kept.orderId)).toBe('DELIVERED')
    expect(await legsOf(kept.orderId)).toEqual([])

    const lost = await anAwaitedOrder()
    const [failed, late] = await race(failing(lost), delivering(lost))
    expect(failed).toMatchObject(fulfilled)
    expect(late).toMatchObject(refused('delivery/not-awaiting'))
    expect(await statusOf(lost.orderId)).toBe('REFUNDED')
    expect(await stockOf(lost.variantId)).toEqual({})
  })

  test('two sweepers refund once and take the penalty once', async () => {
    const order = await anAwaitedOrder()
    const facts = { merchantId: order.merchantId, reference: `bank ${newId()}`, amountMinor: 1_000 } as const
    await run((tx) => recordDeposit(tx, { ...facts, currency: 'CNY' }, NOW))
    const [first, second] = await race(failing(order), failing(order))
    expect(first).toMatchObject(fulfilled)
    expect(second).toMatchObject(refused('order/not-due'))
    expect(await balanceOf(merchantDeposit(order.merchantId, 'CNY'))).toBe(900)
    expect(await legsOf(order.orderId)).toHaveLength(1)
  })

  test('a delivery and a refusal by a colleague', async () => {
    const order = await anAwaitedOrder()
    const [declined, delivered] = await race(declining(order), delivering(order))
    expect(declined).toMatchObject(fulfilled)
    expect(delivered).toMatchObject(refused('delivery/not-awaiting'))
    expect(await eventsOf(order.orderId)).toEqual(['place', 'await-delivery', 'decline-delivery'])
    const other = await anAwaitedOrder()
    const [kept, refusal] = await race(delivering(other), declining(other))
    expect(kept).toMatchObject(fulfilled)
    expect(refusal).toMatchObject(refused('delivery/not-awaiting'))
  })

  test('a dispute that opens meanwhile stops the clock, or freezes what was delivered', async () => {
    const waiting = await anAwaitedOrder()
    const [frozen, failed] = await race(freezing(waiting), failing(waiting))
    expect(frozen).toMatchObject({ value: true })
    expect(failed).toMatchObject(refused('order/not-due'))
    expect(await statusOf(waiting.orderId)).toBe('AWAITING_DELIVERY')

    const order = await anAwaitedOrder()
    const [first, second] = await race(freezing(order), delivering(order))
    expect(first).toMatchObject({ value: true })
    expect(second).toMatchObject(refused('order/frozen'))

    const quick = await anAwaitedOrder()
    const [delivered, then] = await race(delivering(quick), freezing(quick))
    expect(delivered).toMatchObject(fulfilled)
    expect(then).toMatchObject({ value: true })
    expect(await eventsOf(quick.orderId)).toEqual(['place', 'await-delivery', 'deliver-by-hand', 'freeze'])
  })

  test('two orders and one code: one gets it, the other is answered by line', async () => {
    const listing = await aManualListing()
    const [one, two] = [await anAwaitedOrder({ listing }), await anAwaitedOrder({ listing })]
    const given = codes(1)
    const [first, second] = await race(delivering(one, given), delivering(two, given))
    expect(first).toMatchObject({ value: { delivered: 1 } })
    expect(second).toMatchObject({ value: { delivered: 0, faults: [{ line: 1, verdict: 'duplicate-in-stock' }] } })
    expect(await statusOf(two.orderId)).toBe('AWAITING_DELIVERY')
  })
})
