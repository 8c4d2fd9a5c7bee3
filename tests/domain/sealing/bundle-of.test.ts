import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBundle, signingKeyOf, verifyBundle } from '@/lib/domain/provenance'
import { type BundleAsk, bundleOf, cdksOfOrder, handOverLog } from '@/lib/domain/sealing'
import { confirmOrder } from '@/lib/domain/orders'
import { sweepOrders } from '@/lib/domain/orders'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { db } from '@/tests/support/database'
import {
  BUYER,
  NOW,
  aConfirmedOrder,
  aDeliveredOrder,
  aListing,
  aPlacedOrder,
  addStock,
  run,
} from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { cdkOf, drain, misfits, outOfOrder } from './a-sealed-mall'

const bundle = (ask: BundleAsk) => run((tx) => bundleOf(tx, LOG_KEYS, ask))
const vkeyOf = async (version = 1) => (await signingKeyOf(LOG_KEYS.name, LOG_KEYS.seed(version))).verifier.vkey
const order = (id: string) => ({ kind: 'order', id }) as const

async function told(text: string) {
  const report = await verifyBundle(text, [await vkeyOf()])
  const { bundle: read } = readBundle(text)
  if (!read) throw new Error('this is no bundle')
  const problems = report.checks.flatMap((check) => check.problems)
  const opened = read.chains.map((chain) => chain.map(({ event, opening }) => `${event.type}${opening ? '' : '?'}`))
  return { verdict: report.verdict, problems, opened, bundle: read }
}

test('proves the CDKs of an order, and that the log goes on from its oldest checkpoint', async () => {
  await aListing({ stock: 1 })
  await drain()
  const { orderId } = await aConfirmedOrder({ quantity: 2 })
  await drain()
  const proof = await told(await bundle({ subject: order(orderId) }))
  expect(proof).toMatchObject({ verdict: 'proved', problems: [] })
  const life = ['imported', 'reserved', 'delivered', 'confirmed']
  expect(proof.opened).toEqual([life, life])
  expect(proof.bundle.older?.proof.length).toBeGreaterThan(0)
  const [one = ''] = await cdksOfOrder(db, orderId)
  expect((await told(await bundle({ subject: order(orderId), cdkIds: [one] }))).opened).toEqual([life])
})

test('refuses while events wait for the sealer, and what there is not', async () => {
  const { orderId } = await aDeliveredOrder()
  await expect(bundle({ subject: order(orderId) })).rejects.toMatchObject({ code: 'provenance/not-sealed' })
  await drain()
  expect((await told(await bundle({ subject: order(orderId) }))).verdict).toBe('proved')
  await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
  await expect(bundle({ subject: order(orderId) })).rejects.toMatchObject({ code: 'provenance/not-sealed' })
  await expect(bundle({ subject: order(newId()) })).rejects.toMatchObject({ code: 'access/not-found' })
  await expect(bundle({ subject: { kind: 'cdk', id: newId() } })).rejects.toMatchObject({ code: 'access/not-found' })
})

test('a CDK that was given back tells each buyer of his own order only', async () => {
  const listing = await aListing({ stock: 1 })
  const first = await aPlacedOrder({ listing })
  await run((tx) => sweepOnce(tx))
  const second = await aConfirmedOrder({ listing, now: after(NOW, HOUR_MS) })
  await drain()
  const mine = await bundle({ subject: order(first.orderId) })
  expect((await told(mine)).opened).toEqual([['imported', 'reserved', 'released']])
  expect(mine).not.toContain(second.orderId)
  const theirs = await bundle({ subject: order(second.orderId) })
  expect((await told(theirs)).opened).toEqual([
    ['imported', 'reserved?', 'released?', 'reserved', 'delivered', 'confirmed'],
  ])
  expect(theirs).not.toContain(first.orderId)
  const cdk = { kind: 'cdk', id: await cdkOf(listing) } as const
  expect((await told(await bundle({ subject: cdk }))).opened[0]?.filter((type) => !type.endsWith('?'))).toEqual([
    'imported',
  ])
  const all = await told(await bundle({ subject: cdk, open: 'all' }))
  expect(all).toMatchObject({ verdict: 'proved', problems: [] })
  expect(all.opened).toEqual([['imported', 'reserved', 'released', 'reserved', 'delivered', 'confirmed']])

  async function sweepOnce(tx: Parameters<Parameters<typeof run>[0]>[0]) {
    const once = <T>(work: (of: typeof tx) => Promise<T>) => work(tx)
    await sweepOrders(
      once,
      () => null,
      after(NOW, HOUR_MS),
      (error) => {
        throw error
      },
    )
  }
})

test('goes on from the checkpoint that was asked for', async () => {
  await drain()
  const { orderId } = await aDeliveredOrder()
  await drain()
  await aListing({ stock: 4 })
  await drain()
  const sizes = (await db.logCheckpoint.findMany({ orderBy: { size: 'asc' } })).map(({ size }) => Number(size))
  const asked = sizes.at(-2) ?? 0
  const proof = await told(await bundle({ subject: order(orderId), olderSize: asked }))
  expect(proof).toMatchObject({ verdict: 'proved', problems: [] })
  expect(proof.bundle.older?.checkpoint).toContain(`\n${asked}\n`)
  expect((await told(await bundle({ subject: order(orderId), olderSize: 0 }))).bundle.older).toBeNull()
})

test('what the details were destroyed of stays proved, only closed', async () => {
  const listing = await aListing({ stock: 1 })
  const { orderId } = await aConfirmedOrder({ listing })
  await drain()
  await db.$executeRaw`UPDATE cdk_event SET salt = NULL, details = NULL WHERE "cdkId" = ${await cdkOf(listing)}::uuid AND type = 'reserved'`
  const proof = await told(await bundle({ subject: order(orderId) }))
  expect(proof).toMatchObject({ verdict: 'proved', opened: [['imported', 'reserved?', 'delivered', 'confirmed']] })
})

test('after random work in random windows every event is sealed once and every bundle verifies, across a change of key', async () => {
  const listings = [await aListing({ stock: 30 }), await aListing({ stock: 30 })] as const
  const orders: string[] = []
  const deed = fc.oneof(
    fc.record({ kind: fc.constant('buy'), of: fc.nat(1), quantity: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ kind: fc.constant('stock'), of: fc.nat(1), quantity: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('seal'), of: fc.nat(1), quantity: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ kind: fc.constant('key'), of: fc.constant(0), quantity: fc.constant(1) }),
  )
  const work = fc.array(deed, { minLength: 3, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(work, async (deeds) => {
      for (const { kind, of, quantity } of deeds) {
        const listing = listings[of] ?? listings[0]
        if (kind === 'buy') {
          await addStock(listing, quantity)
          orders.push((await aConfirmedOrder({ listing, quantity })).orderId)
        } else if (kind === 'stock') await addStock(listing, quantity)
        else if (kind === 'seal') await drain(quantity)
        else await run((tx) => handOverLog(tx, LOG_KEYS, NOW))
      }
      await drain(33)
      expect(await misfits()).toEqual([])
      expect(await outOfOrder()).toEqual([])
      for (const orderId of orders.slice(-2)) {
        expect(await told(await bundle({ subject: order(orderId) }))).toMatchObject({ verdict: 'proved', problems: [] })
      }
    }),
    { numRuns: 8 },
  )
}, 60_000)
