import { beforeEach, expect, test } from 'vitest'
import { confirmOrder, refundOrder, revealCdks } from '@/lib/domain/orders'
import { parseNote } from '@/lib/domain/provenance'
import { sealEvents } from '@/lib/domain/sealing'
import { newId } from '@/lib/kernel/ids'
import { findAdminOrder } from '@/lib/queries/admin'
import { findMerchantOrder } from '@/lib/queries/merchant'
import { findOrderPage } from '@/lib/queries/order'
import { findCdkOf, findLogKey, findLogPage, findOrderOf, findOrderOfBuyer } from '@/lib/queries/provenance'
import { db } from '@/tests/support/database'
import { BUYER, NOW, aDeliveredOrder, aListing, run, vault } from '@/tests/support/factories'

const keys = { name: 'keybond.example/log', seed: (version: number) => new Uint8Array(32).fill(version) }
const SYSTEM = { kind: 'SYSTEM', id: null } as const
const seal = () => run((tx) => sealEvents(tx, keys, NOW))

beforeEach(async () => {
  await seal()
})

const typesOf = (cdks: readonly { readonly chain: readonly { readonly type: string }[] }[] | undefined) =>
  cdks?.map(({ chain }) => chain.map(({ type }) => type))

test('every face shows the life of each CDK, and which entry of the log each event became', async () => {
  const { orderId, number, merchantId, checkoutId } = await aDeliveredOrder({ quantity: 2 })
  await seal()
  await run((tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, NOW))
  const life = ['imported', 'reserved', 'delivered', 'revealed']
  const [page, desk, admin] = [
    await findOrderPage(db, { userId: null, checkoutIds: [checkoutId] }, number),
    await findMerchantOrder(db, merchantId, orderId),
    await findAdminOrder(db, orderId),
  ]
  for (const cdks of [page?.cdks, desk?.order.cdks, admin?.order.cdks]) {
    expect(typesOf(cdks)).toEqual([life, life])
    for (const { id, chain } of cdks ?? []) {
      const leaves = await db.logLeaf.findMany({ where: { cdkId: id }, orderBy: { seq: 'asc' } })
      expect(chain.map(({ seq }) => seq)).toEqual([0, 1, 2, 3])
      expect(chain.map(({ leaf }) => leaf)).toEqual([...leaves.map(({ index }) => Number(index)), null])
      expect(chain[3]?.at).toEqual(NOW)
    }
  }
  await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
  await seal()
  const after = await findAdminOrder(db, orderId)
  expect(typesOf(after?.order.cdks)).toEqual([
    [...life, 'confirmed'],
    [...life, 'confirmed'],
  ])
  expect(after?.order.cdks.flatMap(({ chain }) => chain.map(({ leaf }) => leaf))).not.toContain(null)
})

test('a buyer sees nothing of what happened to a CDK in the orders of others; its merchant sees it all', async () => {
  const listing = await aListing({ stock: 1 })
  const first = await aDeliveredOrder({ listing })
  const decision = { orderId: first.orderId, wanted: { all: true }, reason: '卡密无效' } as const
  await run((tx) => refundOrder(tx, decision, SYSTEM, NOW))
  // Nobody had looked at it: it went back into stock and on to the next buyer.
  const second = await aDeliveredOrder({ listing })
  const of = async ({ number, checkoutId }: typeof first) =>
    typesOf((await findOrderPage(db, { userId: null, checkoutIds: [checkoutId] }, number))?.cdks)
  expect(await of(first)).toEqual([['imported', 'reserved', 'delivered', 'refunded']])
  expect(await of(second)).toEqual([['imported', 'reserved', 'delivered']])
  const desk = await findMerchantOrder(db, listing.merchantId, second.orderId)
  expect(typesOf(desk?.order.cdks)).toEqual([
    ['imported', 'reserved', 'delivered', 'refunded', 'reserved', 'delivered'],
  ])
})

test("the log's page shows its key, the newest checkpoint and who cosigned of late", async () => {
  await aDeliveredOrder()
  await seal()
  const { size, note, at } = await db.logCheckpoint.findFirstOrThrow({ orderBy: { size: 'desc' } })
  const before = await findLogPage(db, keys)
  expect(before).toMatchObject({ origin: 'keybond.example/log', handovers: 0, witnesses: [] })
  expect(before.vkey).toMatch(/^keybond\.example\/log\+[0-9a-f]{8}\+/u)
  expect(await findLogKey(db, keys)).toBe(before.vkey)
  const root = Buffer.from(parseNote(note)?.text.split('\n')[2] ?? '', 'base64').toString('hex')
  expect(before.checkpoint).toEqual({ size: Number(size), root, at })

  const line = { line: '— w x', at: NOW }
  await db.logCosignature.create({ data: { size, witness: 'w+1', ...line } })
  const older = await db.logCheckpoint.findFirst({ where: { size: { lt: size } }, orderBy: { size: 'desc' } })
  if (older) await db.logCosignature.create({ data: { size: older.size, witness: 'w+1', ...line } })
  expect((await findLogPage(db, keys)).witnesses).toEqual([{ vkey: 'w+1', size: Number(size), at: NOW }])
})

test('orders and CDKs to be proved are found by whose they are, and named as we write them', async () => {
  const { orderId, number, merchantId, checkoutId } = await aDeliveredOrder()
  const { id: cdkId } = await db.cdk.findFirstOrThrow({ where: { orderId } })
  const stranger = newId()
  expect(await findOrderOfBuyer(db, { userId: null, checkoutIds: [checkoutId] }, number)).toEqual({
    id: orderId,
    number,
  })
  expect(await findOrderOfBuyer(db, { userId: stranger, checkoutIds: [] }, number)).toBeNull()
  expect(await findOrderOf(db, merchantId, orderId.toUpperCase())).toEqual({ id: orderId, number })
  expect(await findOrderOf(db, stranger, orderId)).toBeNull()
  expect(await findOrderOf(db, null, orderId)).toEqual({ id: orderId, number })
  expect(await findCdkOf(db, merchantId, cdkId.toUpperCase())).toBe(cdkId)
  expect(await findCdkOf(db, stranger, cdkId)).toBeNull()
  expect(await findCdkOf(db, null, cdkId)).toBe(cdkId)
  expect(await findCdkOf(db, null, stranger)).toBeNull()
})
