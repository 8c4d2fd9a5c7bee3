import { expect, test } from 'vitest'
import { markRead, notify, notifyBuyer, notifyMerchant, readNote } from '@/lib/domain/notifications'
import { refundOrder } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { SECOND_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import {
  BUYER,
  NOW,
  aBuyer,
  aBuyerWithWallet,
  aDeliveredOrder,
  aListing,
  aMerchant,
  aPlacedOrder,
  run,
} from '@/tests/support/factories'
import { aMerchantUser, notesTo } from '@/tests/support/notes'
import { raceTwice } from '@/tests/support/race'

const refunded = (number: string) =>
  ({
    kind: 'order-refunded',
    dedupeKey: number,
    data: { number, amountMinor: 500, currency: 'CNY', whole: true },
  }) as const

test('tells everybody of a merchant once, each in their language; nobody else', async () => {
  const merchantId = await aMerchant()
  const [one, other] = [await aMerchantUser(merchantId), await aMerchantUser(merchantId, 'en')]
  const stranger = await aMerchantUser(await aMerchant())
  const note = { ...refunded('KB-1'), dedupeKey: newId() }
  expect(await run((tx) => notifyMerchant(tx, merchantId, note, NOW))).toBe(2)
  expect(await run((tx) => notifyMerchant(tx, merchantId, note, after(NOW, SECOND_MS)))).toBe(0)
  expect(await notesTo({ userId: one })).toMatchObject([{ kind: 'order-refunded', locale: 'zh-CN' }])
  expect(await notesTo({ userId: other })).toMatchObject([{ locale: 'en', data: note.data }])
  expect(await notesTo({ userId: stranger })).toEqual([])
})

test('of two transactions that tell the same, one does', async () => {
  const { buyerId: userId } = await aBuyer()
  const told = await raceTwice((tx) => notify(tx, { ...refunded('KB-RACE'), to: { userId } }, NOW))
  expect(told.map((each) => each.status === 'fulfilled' && each.value)).toEqual([true, false])
  expect(await notesTo({ userId })).toHaveLength(1)
})

test("a guest is told at the checkout's address and in its language, an account in the app as well", async () => {
  const guest = await aPlacedOrder({ form: { email: 'guest-told@example.com', locale: 'en' } })
  await run((tx) => notifyBuyer(tx, { orderId: guest.orderId }, refunded(guest.number), NOW))
  expect(await notesTo({ email: 'guest-told@example.com' })).toMatchObject([{ userId: null, locale: 'en' }])
  const buyer = await aBuyer()
  const own = await aPlacedOrder({ form: buyer })
  await run((tx) => notifyBuyer(tx, { checkoutId: own.checkoutId }, refunded(own.number), NOW))
  expect(await notesTo({ userId: buyer.buyerId })).toMatchObject([{ email: buyer.email, locale: 'zh-CN' }])
})

test('nothing that its kind does not name can ride along', async () => {
  const { data, ...note } = refunded('KB-2')
  const smuggled = { ...note, data: { ...data, code: 'SECRET' }, to: { email: 'a@example.com', locale: 'en' } }
  await expect(run((tx) => notify(tx, smuggled, NOW))).rejects.toThrow('code')
  expect(() => readNote('order-refunded', { ...data, code: 'SECRET' })).toThrow('code')
  expect(() => readNote('nothing', data)).toThrow('nothing')
})

test('what is rolled back was never told', async () => {
  const { buyerId: userId } = await aBuyer()
  const cut = run(async (tx) => {
    await notify(tx, { ...refunded('KB-3'), to: { userId } }, NOW)
    throw new Error('the business failed')
  })
  await expect(cut).rejects.toThrow('the business failed')
  expect(await notesTo({ userId })).toEqual([])
})

test('read marks are for what was there when the reader looked', async () => {
  const { buyerId: userId } = await aBuyer()
  const later = after(NOW, SECOND_MS)
  await run((tx) => notify(tx, { ...refunded('KB-4'), to: { userId } }, NOW))
  await run((tx) => notify(tx, { ...refunded('KB-5'), to: { userId } }, later))
  expect(await run((tx) => markRead(tx, newId(), later, later))).toBe(0)
  expect(await run((tx) => markRead(tx, userId, NOW, later))).toBe(1)
  expect(await db.notification.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).toMatchObject([
    { readAt: later },
    { readAt: null },
  ])
})

test('a delivery and a refund tell the buyer, by provider and by wallet, with the amount and never a code', async () => {
  const buyer = await aBuyerWithWallet(1_000)
  const listing = await aListing()
  const byProvider = await aDeliveredOrder({ listing, form: buyer })
  const byWallet = await aDeliveredOrder({ listing, form: { ...buyer, walletMinor: 1_000 } })
  const part = { orderId: byProvider.orderId, wanted: { amountMinor: 300 }, reason: '补偿' }
  await run((tx) => refundOrder(tx, part, { ...BUYER, kind: 'OPERATOR' }, after(NOW, SECOND_MS)))
  expect(await notesTo({ userId: buyer.buyerId })).toMatchObject([
    { kind: 'order-delivered', data: { numbers: [byProvider.number] } },
    { kind: 'order-delivered', data: { numbers: [byWallet.number] } },
    { kind: 'order-refunded', data: { number: byProvider.number, amountMinor: 300, whole: false } },
  ])
  const again = { ...part, wanted: { all: true } as const }
  await run((tx) => refundOrder(tx, again, { ...BUYER, kind: 'OPERATOR' }, after(NOW, 2 * SECOND_MS)))
  expect((await notesTo({ userId: buyer.buyerId })).at(-1)).toMatchObject({ data: { amountMinor: 700, whole: true } })
})
