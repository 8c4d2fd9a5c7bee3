import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { claimCdks, importCdks } from '@/lib/domain/stock'
import { createDb, inTransaction } from '@/lib/infra/db'
import { stockOf } from '@/tests/support/books'
import { databaseUrl, db } from '@/tests/support/database'
import { BUYER, NOW, aListing, aPlacedOrder, codes, run, vault } from '@/tests/support/factories'

const CLAIMERS = 64

test(
  '64 claimers on 20,000 CDKs: none twice, none lost, and each claim is one event of its chain',
  { timeout: 300_000 },
  async () => {
    const listing = await aListing({ stock: 1 })
    const { merchantId, variantId } = listing
    const { orderId } = await aPlacedOrder({ listing })
    await run((tx) =>
      importCdks(
        tx,
        vault,
        { merchantId, variantId, uploadedById: randomUUID(), fileName: null, text: codes(20_000).join('\n') },
        NOW,
      ),
    )
    const client = createDb(databaseUrl, { max: CLAIMERS })
    const claims = Array.from({ length: CLAIMERS }, async () => {
      let got = 0
      for (;;) {
        const quantity = 1 + Math.floor(Math.random() * 40)
        const of = { merchantId, variantId, orderId, quantity, actor: BUYER, until: NOW, now: NOW }
        const some = await inTransaction(client, (tx) => claimCdks(tx, of))
        got += some
        // What is left is in the hands of the others, who come back for more.
        if (some === 0) return got
      }
    })
    const got = await Promise.all(claims)
    await client.$disconnect()
    expect(got.reduce((sum, some) => sum + some, 0)).toBe(20_000)
    expect(await stockOf(variantId)).toEqual({ RESERVED: 20_001 })
    const events = await db.cdkEvent.groupBy({ by: ['type'], where: { merchantId }, _count: true })
    expect(Object.fromEntries(events.map(({ type, _count }) => [type, _count]))).toEqual({
      imported: 20_001,
      reserved: 20_001,
    })
  },
)
