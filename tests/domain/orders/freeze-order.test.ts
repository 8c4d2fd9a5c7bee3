import { describe, expect, test } from 'vitest'
import {
  disputedOf,
  escrowOf,
  merchantAvailable,
  merchantPending,
  platformFee,
  postTransfers,
  providerClearing,
} from '@/lib/domain/ledger'
import { matureEarnings } from '@/lib/domain/merchants'
import {
  SYSTEM,
  autoConfirmOrder,
  chargeOrder,
  confirmOrder,
  freezeOrder,
  refundOrder,
  revealCdks,
  thawOrder,
} from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf, eventsOf, statusOf, stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aConfirmedOrder, aDeliveredOrder, aPlacedOrder, run, vault } from '@/tests/support/factories'

const BUYER = { kind: 'BUYER', id: null } as const
const OPERATOR = { kind: 'OPERATOR', id: null } as const

const freeze = (orderId: string, now = NOW) => run((tx) => freezeOrder(tx, orderId, { disputeId: newId() }, now))
const thaw = (orderId: string, now: Date) => run((tx) => thawOrder(tx, orderId, now))
const rowOf = (orderId: string) => db.order.findUniqueOrThrow({ where: { id: orderId } })

describe('freezeOrder and thawOrder', () => {
  test('keep what is left of the inspection window', async () => {
    const { orderId } = await aDeliveredOrder()
    expect(await freeze(orderId, after(NOW, 60 * HOUR_MS))).toBe(true)
    expect(await rowOf(orderId)).toMatchObject({
      dueAt: null,
      pausedSeconds: 12 * 3_600,
      frozenAt: after(NOW, 60 * HOUR_MS),
    })
    const later = after(NOW, 30 * DAY_MS)
    await expect(run((tx) => autoConfirmOrder(tx, orderId, SYSTEM, later))).rejects.toMatchObject({
      code: 'order/not-due',
    })
    expect(await thaw(orderId, later)).toBe(true)
    expect(await rowOf(orderId)).toMatchObject({
      dueAt: after(later, 12 * HOUR_MS),
      pausedSeconds: null,
      frozenAt: null,
    })
    expect(await eventsOf(orderId)).toEqual(['place', 'deliver', 'freeze', 'thaw'])
    await run((tx) => autoConfirmOrder(tx, orderId, SYSTEM, after(later, 12 * HOUR_MS)))
  })

  test('a window that was over when it froze is over when it thaws', async () => {
    const { orderId } = await aDeliveredOrder()
    await freeze(orderId, after(NOW, 80 * HOUR_MS))
    await thaw(orderId, after(NOW, 90 * HOUR_MS))
    expect(await rowOf(orderId)).toMatchObject({ dueAt: after(NOW, 90 * HOUR_MS) })
  })

  test('nobody confirms, refunds or looks meanwhile', async () => {
    const { orderId } = await aDeliveredOrder()
    await freeze(orderId)
    const attempts = [
      () => run((tx) => confirmOrder(tx, orderId, BUYER, NOW)),
      () => run((tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, NOW)),
      () => run((tx) => refundOrder(tx, { orderId, wanted: { amountMinor: 1 }, reason: 'x' }, OPERATOR, NOW)),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: 'order/frozen' })
    expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(1_000)
    await thaw(orderId, NOW)
    await run((tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, NOW))
    await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
  })

  test('what was released stays with the merchant and does not mature', async () => {
    const { orderId, merchantId } = await aConfirmedOrder()
    await freeze(orderId)
    await mature()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(0)
    await thaw(orderId, after(NOW, 20 * DAY_MS))
    await mature()
    expect(await balanceOf(merchantAvailable(merchantId, 'CNY'))).toBe(970)
  })

  test('take hold of a paid order only, and once', async () => {
    const [unpaid, paid] = [await aPlacedOrder(), await aDeliveredOrder()]
    expect(await freeze(unpaid.orderId)).toBe(false)
    expect([await freeze(paid.orderId), await freeze(paid.orderId)]).toEqual([true, false])
    expect([await thaw(paid.orderId, NOW), await thaw(paid.orderId, NOW)]).toEqual([true, false])
    expect(await eventsOf(paid.orderId)).toEqual(['place', 'deliver', 'freeze', 'thaw'])
  })
})

describe('chargeOrder', () => {
  const charge = (orderId: string, amountMinor: number, disputeId = newId()) => {
    const to = disputedOf(disputeId, 'CNY')
    const key = `dispute:${disputeId}:lost:order:${orderId}`
    return run(async (tx) => {
      // The provider has taken the money: the claim that the order pays.
      const from = disputedOf(disputeId, 'CNY')
      const claim = { key: `${key}:claim`, code: 'test', from, to: providerClearing('sandbox', 'CNY'), amountMinor }
      await postTransfers(tx, [claim], NOW)
      return chargeOrder(tx, orderId, { amountMinor, to, key, reason: 'chargeback' }, NOW)
    })
  }

  test('takes the whole out of escrow, frozen or not, and closes the order with its CDKs', async () => {
    const { orderId, variantId } = await aDeliveredOrder({ quantity: 2 })
    await freeze(orderId)
    const disputeId = newId()
    expect(await charge(orderId, 2_000, disputeId)).toBe(2_000)
    expect(await statusOf(orderId)).toBe('REFUNDED')
    expect(await balanceOf(disputedOf(disputeId, 'CNY'))).toBe(0)
    expect(await balanceOf(escrowOf(orderId, 'CNY'))).toBe(0)
    expect(await rowOf(orderId)).toMatchObject({
      frozenAt: null,
      pausedSeconds: null,
      refundedMinor: 2_000,
      refundedUnits: 2,
    })
    expect(await stockOf(variantId)).toEqual({ AVAILABLE: 5 })
    expect(await eventsOf(orderId)).toEqual(['place', 'deliver', 'freeze', 'chargeback'])
    // The buyer got it from the provider: no refund is sent.
    expect(await db.refund.count({ where: { orderId } })).toBe(0)
    expect(await thaw(orderId, NOW)).toBe(false)
  })

  test('part of it, after release: the merchant and the fee bear it, the order stays confirmed', async () => {
    const { orderId, merchantId } = await aConfirmedOrder()
    await freeze(orderId)
    const fees = await balanceOf(platformFee('CNY'))
    expect(await charge(orderId, 400)).toBe(400)
    expect(await balanceOf(merchantPending(merchantId, 'CNY'))).toBe(970 - 388)
    expect(await balanceOf(platformFee('CNY'))).toBe(fees - 12)
    expect(await statusOf(orderId)).toBe('CONFIRMED')
    expect(await db.orderRefund.findMany({ where: { orderId } })).toMatchObject([
      { amountMinor: 400, feeMinor: 12, fromPendingMinor: 388, reason: 'chargeback', actorKind: 'SYSTEM' },
    ])
    expect((await eventsOf(orderId)).at(-1)).toBe('chargeback-part')
  })

  test('bears no more than is left of the order', async () => {
    const { orderId } = await aDeliveredOrder()
    await run((tx) => refundOrder(tx, { orderId, wanted: { amountMinor: 600 }, reason: 'x' }, OPERATOR, NOW))
    expect(await charge(orderId, 1_000)).toBe(400)
    expect(await charge(orderId, 1_000)).toBe(0)
    const unpaid = await aPlacedOrder()
    expect(await charge(unpaid.orderId, 1_000)).toBe(0)
  })
})

async function mature(): Promise<void> {
  await matureEarnings(run, after(NOW, 21 * DAY_MS), (error) => {
    throw error
  })
}
