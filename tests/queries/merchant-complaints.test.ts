import { expect, test } from 'vitest'
import { acceptComplaint, contestComplaint, markCaseRead, withdrawComplaint } from '@/lib/domain/complaints'
import { takePenalty } from '@/lib/domain/merchants'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, HOUR_MS, after } from '@/lib/kernel/time'
import {
  countMerchantComplaints,
  exportMerchantComplaints,
  findComplaintDesk,
  findComplaintStatistics,
  findMerchantOrder,
  findMerchantStanding,
  findMerchantStart,
  listMerchantComplaints,
} from '@/lib/queries/merchant'
import { findProduct, listPenalties } from '@/lib/queries/storefront'
import { anOpenCase } from '@/tests/support/complaints'
import { counting } from '@/tests/support/counting'
import { db } from '@/tests/support/database'
import { BUYER, NOW, aConfirmedOrder, aDeliveredOrder, aListing, aMerchant, run } from '@/tests/support/factories'

const MERCHANT = { kind: 'MERCHANT', id: newId() } as const

/** Three cases of one merchant: waiting, contested, accepted; opened an hour apart. */
async function aQueue() {
  const listing = await aListing({ stock: 12 })
  const cases = []
  for (const hour of [0, 1, 2]) {
    const { orderId } = await aDeliveredOrder({ listing })
    cases.push(await anOpenCase({ orderId, at: after(NOW, hour * HOUR_MS) }))
  }
  const [accepted, contested, open] = cases
  if (!accepted || !contested || !open) throw new Error('three cases')
  const { merchantId } = open
  const units = accepted.cdkIds.map((cdkId) => ({ cdkId, result: 'REFUNDED' as const }))
  const at = after(NOW, 3 * HOUR_MS)
  await run((tx) => acceptComplaint(tx, { merchantId, complaintId: accepted.complaintId, units }, MERCHANT, at))
  await run((tx) =>
    contestComplaint(tx, { merchantId, complaintId: contested.complaintId, text: '卡密有效。' }, MERCHANT, at),
  )
  return { listing, merchantId, accepted, contested, open, at }
}

test('the queue has what waits for the merchant first, then by the clock, and nothing of others', async () => {
  const { merchantId, accepted, contested, open } = await aQueue()
  await anOpenCase()
  const { result, sent } = await counting((tx) => listMerchantComplaints(tx, merchantId, {}, 1))
  expect(sent).toBe(1)
  expect(result.rows.map(({ id }) => id)).toEqual([open.complaintId, contested.complaintId, accepted.complaintId])
  expect(result.rows[0]).toMatchObject({ number: open.number, state: 'OPEN', units: 1, unread: true })
  await run((tx) => markCaseRead(tx, { complaintId: open.complaintId, side: 'MERCHANT' }, NOW))
  const { rows } = await listMerchantComplaints(db, merchantId, { view: 'mine' }, 1)
  expect(rows).toMatchObject([{ id: open.complaintId, unread: false }])
  expect(await countMerchantComplaints(db, merchantId)).toEqual({ mine: 1, running: 2 })
})

test('filters by view, state, failure and by the beginning of either number', async () => {
  const { merchantId, accepted, contested, open } = await aQueue()
  const ids = async (filter: Parameters<typeof listMerchantComplaints>[2]) =>
    (await listMerchantComplaints(db, merchantId, filter, 1)).rows.map(({ id }) => id)
  expect(await ids({ view: 'closed' })).toEqual([accepted.complaintId])
  expect(await ids({ state: 'CONTESTED' })).toEqual([contested.complaintId])
  expect(await ids({ failure: 'INVALID' })).toEqual([])
  expect(await ids({ number: open.number })).toEqual([open.complaintId])
  const { number } = await db.order.findUniqueOrThrow({ where: { id: contested.orderId } })
  expect(await ids({ number })).toEqual([contested.complaintId])
  expect(await ids({ number: '%' })).toEqual([])
  const exported: string[] = []
  for await (const { id } of exportMerchantComplaints(db, merchantId, {}, 2)) exported.push(id)
  expect(exported).toEqual([open.complaintId, contested.complaintId, accepted.complaintId])
})

test('the desk says how many replacements stock has, and nothing of another merchant', async () => {
  const { merchantId, open } = await aQueue()
  const title = '请补充截图'
  await db.cannedAnswer.create({ data: { id: newId(), merchantId, title, body: 'x', createdAt: NOW } })
  expect(await findComplaintDesk(db, merchantId, open.complaintId, NOW)).toMatchObject({
    stock: 9,
    canned: [{ title }],
  })
  expect(await findComplaintDesk(db, await aMerchant(), open.complaintId, NOW)).toBeNull()
})

test('statistics count what was upheld of what was decided, and the median first reply, of both spans', async () => {
  const { merchantId, at } = await aQueue()
  const { result, sent } = await counting((tx) => findComplaintStatistics(tx, merchantId, at))
  expect(sent).toBe(1)
  // The accepted one was answered after 3 hours, the contested one after 2.
  expect(result.now).toEqual({ opened: 3, decided: 1, upheld: 1, silent: 0, replySeconds: 2.5 * 3_600 })
  expect(result.before).toEqual({ opened: 0, decided: 0, upheld: 0, silent: 0, replySeconds: null })
  expect(result.failures).toMatchObject([{ failure: 'ALREADY_USED', now: { opened: 3, upheld: 1 } }])
  expect(result.products).toHaveLength(1)
  const later = await findComplaintStatistics(db, merchantId, after(NOW, 100 * DAY_MS))
  expect([later.now.opened, later.before.opened, later.before.upheld]).toEqual([0, 3, 1])
})

test('what a buyer took back is neither decided nor upheld', async () => {
  const { complaintId, merchantId } = await anOpenCase()
  await run((tx) => withdrawComplaint(tx, { complaintId }, BUYER, NOW))
  const { now } = await findComplaintStatistics(db, merchantId, NOW)
  expect(now).toMatchObject({ opened: 1, decided: 0, upheld: 0, replySeconds: null })
})

test('an appeal takes the place of the ruling that it appeals', async () => {
  const { complaintId, merchantId } = await anOpenCase()
  const ruling = { merchantId, complaintId, units: [], reasons: '见记录', at: NOW }
  await db.ruling.create({ data: { ...ruling, id: newId(), appeal: false, forBuyer: true } })
  await db.complaint.update({ where: { id: complaintId }, data: { state: 'RULED', escalatedAt: NOW, ruledAt: NOW } })
  const upheld = async () => (await findComplaintStatistics(db, merchantId, NOW)).now
  expect(await upheld()).toMatchObject({ decided: 1, upheld: 1 })
  await db.complaint.update({
    where: { id: complaintId },
    data: { state: 'APPEALED', appealedAt: NOW, appealBy: 'MERCHANT' },
  })
  expect(await upheld()).toMatchObject({ decided: 0, upheld: 0 })
  await db.ruling.create({ data: { ...ruling, id: newId(), appeal: true, forBuyer: false } })
  const over = { state: 'CLOSED', outcome: 'RULED', closedAt: NOW, dueAt: null, holds: false } as const
  await db.complaint.update({ where: { id: complaintId }, data: over })
  expect(await upheld()).toMatchObject({ decided: 1, upheld: 0 })
})

test('the first page and the order say what waits and what is held', async () => {
  const { merchantId, open, accepted } = await aQueue()
  const start = await findMerchantStart(db, merchantId, 'sandbox', NOW)
  expect(start?.watch).toMatchObject({ complaints: 1, running: 1, replyBy: after(NOW, 26 * HOUR_MS) })
  const { order } = (await findMerchantOrder(db, merchantId, open.orderId)) ?? { order: null }
  expect(order).toMatchObject({
    complainedAt: after(NOW, 2 * HOUR_MS),
    cases: [{ id: open.complaintId, state: 'OPEN' }],
  })
  const closed = await findMerchantOrder(db, merchantId, accepted.orderId)
  expect(closed?.order).toMatchObject({ complainedAt: null, cases: [{ outcome: 'ACCEPTED' }] })
})

test('an earning that a complaint holds is told apart from one that a dispute holds', async () => {
  const { orderId } = await aConfirmedOrder()
  const { merchantId } = await anOpenCase({ orderId })
  const standing = await findMerchantStanding(db, merchantId)
  expect(standing?.heldMinor).toBeGreaterThan(0)
  expect(standing).toMatchObject({ complainedMinor: standing?.heldMinor, complainedOrders: 1 })
  await db.order.update({ where: { id: orderId }, data: { frozenAt: NOW } })
  expect(await findMerchantStanding(db, merchantId)).toMatchObject({ complainedMinor: 0, complainedOrders: 0 })
})

test('everybody sees the record and the penalties of a merchant, and nothing of buyers or orders', async () => {
  const { merchantId, listing, open, at } = await aQueue()
  const { slug } = await db.merchant.findUniqueOrThrow({ where: { id: merchantId } })
  const penalty = {
    merchantId,
    orderId: open.orderId,
    complaintId: open.complaintId,
    tariff: 'SILENCE',
    currency: 'CNY',
  } as const
  await run((tx) => takePenalty(tx, { ...penalty, amountMinor: 200 }, at))
  await run((tx) => takePenalty(tx, { ...penalty, tariff: 'USED_CDK', amountMinor: 300 }, after(at, HOUR_MS)))
  await db.penalty.updateMany({ where: { merchantId, tariff: 'SILENCE' }, data: { returnedAt: at } })
  const { rows } = await listPenalties(db, slug, 1)
  expect(rows.map(({ tariff, returnedAt }) => [tariff, returnedAt])).toEqual([
    ['USED_CDK', null],
    ['SILENCE', at],
  ])
  const told = ['amountMinor', 'at', 'currency', 'id', 'merchant', 'returnedAt', 'slug', 'takenMinor', 'tariff']
  expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(told)
  const product = await db.product.findUniqueOrThrow({ where: { id: listing.productId } })
  const page = await findProduct(db, 'en', product.slug, after(at, DAY_MS))
  const takenMinor = rows[0]?.takenMinor
  const record = { opened: 3, decided: 1, upheld: 1, replySeconds: 9_000, penalties: 1, penaltiesMinor: takenMinor }
  expect(page?.merchant.record).toEqual({ delivered: 3, ...record })
  const later = await findProduct(db, 'en', product.slug, after(at, 120 * DAY_MS))
  expect(later?.merchant.record).toMatchObject({ delivered: 0, opened: 0, penalties: 0, replySeconds: null })
})
