import { expect, test } from 'vitest'
import { verifyChain } from '@/lib/domain/provenance'
import { importCdks, readChains } from '@/lib/domain/stock'
import { runImport } from '@/lib/cli/importer/run-import'
import { leaseImport } from '@/lib/domain/stock-imports'
import { newId } from '@/lib/kernel/ids'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { type Listing, NOW, aDeliveredOrder, aListing, codes, run, vault } from '@/tests/support/factories'
import { NO_STOP, aQueuedImport, standingOf, tools } from '@/tests/support/imports'
import { race } from '@/tests/support/race'

test('two merchants import the same code at the same moment: the later CDK is retired, and operators see the pair', async () => {
  const listings = [await aListing({ stock: 0 }), await aListing({ stock: 0 })] as const
  const [shared = ''] = codes(1)
  const [one, other] = [await startOf(listings[0], shared), await startOf(listings[1], shared)]
  // Both have looked the code up, in open transactions, before either is committed.
  const bothIn = Promise.withResolvers<void>()
  let inside = 0
  const bulk: typeof tools.bulk = (work) =>
    tools.bulk(async (tx) => {
      const result = await work(tx)
      inside += 1
      if (inside === 2) bothIn.resolve()
      await bothIn.promise
      return result
    })
  const outcomes = await Promise.all([one, other].map((lease) => runImport({ ...tools, bulk }, lease, NO_STOP)))
  expect(outcomes).toEqual(['done', 'done'])
  for (const { id } of [one, other])
    expect(await standingOf(id)).toMatchObject({ counts: { accepted: 1 }, rejected: [] })

  const cdks = await db.cdk.findMany({
    where: { fingerprint: vault.fingerprint(shared) },
    orderBy: { id: 'asc' },
  })
  expect(cdks.map(({ state }) => state)).toEqual(['AVAILABLE', 'RETIRED'])
  const [first, later] = cdks
  const pairs = await db.fingerprintPair.findMany({ where: { firstMerchantId: first?.merchantId ?? '' } })
  expect(pairs).toMatchObject([{ merchantId: later?.merchantId, cdkId: later?.id, firstCdkId: first?.id }])
  const chain = (await run((tx) => readChains(tx, [later?.id ?? '']))).get(later?.id ?? '') ?? []
  expect(chain.map(({ event }) => event.type)).toEqual(['imported', 'retired'])
  expect(await verifyChain(chain.map(({ event }) => event))).toEqual({ sound: true })
})

test('of two small uploads at the same moment the second waits and is told', async () => {
  const listings = [await aListing({ stock: 0 }), await aListing({ stock: 0 })] as const
  const [shared = ''] = codes(1)
  const bring = ({ merchantId, variantId }: Listing) => ({
    merchantId,
    variantId,
    uploadedById: newId(),
    fileName: null,
    text: shared,
  })
  const [first, second] = await race(
    (tx) => importCdks(tx, vault, bring(listings[0]), NOW),
    (tx) => importCdks(tx, vault, bring(listings[1]), NOW),
  )
  expect(first).toMatchObject({ value: { counts: { accepted: 1 } } })
  expect(second).toMatchObject({ value: { counts: { accepted: 0, 'known-on-mall': 1 } } })
  expect(await stockOf(listings[1].variantId)).toEqual({})
  expect(await db.fingerprintPair.count({ where: { merchantId: listings[1].merchantId } })).toBe(1)
})

test('a small upload of the same merchant that commits between look-up and COPY: the chunk is judged again', async () => {
  const listing = await aListing({ stock: 0 })
  const [a = '', b = ''] = codes(2)
  const lease = await startOf(listing, [a, b].join('\n'))
  const { merchantId, variantId } = listing
  let looked = false
  const bulk: typeof tools.bulk = (work) =>
    tools.bulk((tx) =>
      work({
        ...tx,
        copy: async (statement, pieces) => {
          if (!looked) {
            looked = true
            const of = { merchantId, variantId, uploadedById: newId(), fileName: null, text: b }
            await run((other) => importCdks(other, vault, of, NOW))
          }
          return tx.copy(statement, pieces)
        },
      }),
    )
  expect(await runImport({ ...tools, bulk }, lease, NO_STOP)).toBe('done')
  expect(await standingOf(lease.id)).toMatchObject({
    counts: { accepted: 1, 'duplicate-in-stock': 1 },
    rejected: ['2 duplicate-in-stock'],
  })
  expect(await stockOf(variantId)).toEqual({ AVAILABLE: 2 })
})

test('who buys from a batch that is being filled does not wait for the chunk, and a batch retired meanwhile is swept again', async () => {
  const listing = await aListing({ stock: 0 })
  const lease = await startOf(listing, codes(30).join('\n'))
  let orders = 0
  let chunks = 0
  const bulk: typeof tools.bulk = (work) =>
    tools.bulk((tx) =>
      work({
        ...tx,
        copy: async (statement, pieces) => {
          await tx.copy(statement, pieces)
          if (!statement.includes('cdk_event')) return
          chunks += 1
          // The chunk's rows are in, its transaction is open.
          if (chunks === 2) {
            await aDeliveredOrder({ listing, now: new Date() })
            orders += 1
          }
          if (chunks === 3)
            await db.stockBatch.updateMany({ where: { variantId: listing.variantId }, data: { retiredAt: NOW } })
        },
      }),
    )
  expect(await runImport({ ...tools, bulk }, lease, NO_STOP)).toBe('done')
  expect(orders).toBe(1)
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 29, DELIVERED: 1 })
  const batch = await db.stockBatch.findFirstOrThrow({ where: { variantId: listing.variantId } })
  expect(batch).toMatchObject({ acceptedCount: 30, retiredAt: NOW })
  expect(batch.dueAt).not.toBeNull()
})

async function startOf(listing: Listing, text: string) {
  const importId = await aQueuedImport(listing, text)
  const lease = await tools.run((tx) => leaseImport(tx, newId(), new Date()))
  if (lease?.id !== importId) throw new Error('another import was due')
  return lease
}
