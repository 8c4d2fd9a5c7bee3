import { expect, test } from 'vitest'
import { commit, verifyChain } from '@/lib/domain/provenance'
import { cancelCheckout, confirmOrder, refundOrder, revealCdks } from '@/lib/domain/orders'
import { readChains, retireBatch, sha256 } from '@/lib/domain/stock'
import { after } from '@/lib/kernel/time'
import { databaseUrl, db } from '@/tests/support/database'
import { createDb, inTransaction } from '@/lib/infra/db'
import { BUYER, MERCHANT, NOW, aDeliveredOrder, aListing, aPlacedOrder, run, vault } from '@/tests/support/factories'

/** Every chain of a variant, verified by the code that browsers run, and its openings too. */
async function chainsOf(variantId: string): Promise<string[]> {
  const cdks = await db.cdk.findMany({ where: { variantId } })
  const chains = await run((tx) =>
    readChains(
      tx,
      cdks.map(({ id }) => id),
    ),
  )
  const stories: string[] = []
  for (const cdk of cdks) {
    const chain = chains.get(cdk.id) ?? []
    expect(await verifyChain(chain.map(({ event }) => event))).toEqual({ sound: true })
    const last = chain.at(-1)?.event
    expect([last?.seq, last?.hash, last?.at]).toEqual([
      cdk.eventSeq,
      Buffer.from(cdk.eventHash).toString('hex'),
      cdk.eventAt.getTime(),
    ])
    for (const { event, opening } of chain) {
      expect(opening && commit(sha256, opening.salt, opening.data)).toBe(event.commitment)
    }
    stories.push(chain.map(({ event }) => event.type).join(' '))
  }
  return stories.toSorted()
}

test('what the database chains is what the verifier accepts, from import to refund', async () => {
  const listing = await aListing({ stock: 6 })
  const { orderId } = await aDeliveredOrder({ listing })
  await run((tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, NOW))
  await run((tx) => revealCdks(tx, vault, { orderId, consent: true }, BUYER, after(NOW, 1)))
  await run((tx) => confirmOrder(tx, orderId, BUYER, NOW))
  const unpaid = await aPlacedOrder({ listing })
  await run((tx) => cancelCheckout(tx, unpaid.checkoutId, BUYER, NOW))
  const refunded = await aDeliveredOrder({ listing, quantity: 4 })
  await run((tx) => revealCdks(tx, vault, { orderId: refunded.orderId, consent: true }, BUYER, NOW))
  const back = { orderId: refunded.orderId, wanted: { all: true } as const, reason: 'used' }
  await run((tx) => refundOrder(tx, back, { kind: 'OPERATOR', id: null }, NOW))
  const { batchId } = await db.cdk.findFirstOrThrow({ where: { variantId: listing.variantId } })
  await run((tx) => retireBatch(tx, { merchantId: listing.merchantId, batchId }, MERCHANT, NOW))
  const stories = await chainsOf(listing.variantId)
  expect(stories.map((story) => story.replace('reserved released ', ''))).toEqual([
    'imported reserved delivered revealed confirmed',
    'imported reserved delivered revealed refunded',
    'imported reserved delivered revealed refunded',
    'imported reserved delivered revealed refunded',
    'imported reserved delivered revealed refunded',
    'imported retired',
  ])
  expect(stories.filter((story) => story.includes('reserved released'))).toHaveLength(1)
})

test('an earlier clock never turns time back, and a person has one name within an order and another elsewhere', async () => {
  const listing = await aListing({ stock: 2 })
  const [one, other] = [await aDeliveredOrder({ listing }), await aDeliveredOrder({ listing })]
  for (const { orderId } of [one, other]) {
    await run((tx) => revealCdks(tx, vault, { orderId, consent: true }, MERCHANT, after(NOW, -60_000)))
  }
  await chainsOf(listing.variantId)
  const names = await db.cdkEvent.findMany({
    where: { type: 'revealed', merchantId: listing.merchantId },
    select: { actorPseudonym: true },
  })
  expect(new Set(names.map(({ actorPseudonym }) => actorPseudonym)).size).toBe(names.length)
})

test('events are only added to; a salt can be destroyed, and the chain still holds', async () => {
  const listing = await aListing({ stock: 1 })
  const { id } = await db.cdk.findFirstOrThrow({ where: { variantId: listing.variantId } })
  const client = createDb(databaseUrl, { max: 1 })
  const refused = async (statement: string) => {
    await expect(inTransaction(client, (tx) => tx.$executeRawUnsafe(statement))).rejects.toThrow(/permission denied/u)
  }
  await refused(`UPDATE cdk_event SET type = 'revealed' WHERE "cdkId" = '${id}'`)
  await refused(`DELETE FROM cdk_event WHERE "cdkId" = '${id}'`)
  await client.$disconnect()
  await db.$executeRaw`UPDATE cdk_event SET salt = NULL, details = NULL WHERE "cdkId" = ${id}::uuid`
  const chain = (await run((tx) => readChains(tx, [id]))).get(id) ?? []
  expect(chain[0]?.opening).toBeNull()
  expect(await verifyChain(chain.map(({ event }) => event))).toEqual({ sound: true })
})
