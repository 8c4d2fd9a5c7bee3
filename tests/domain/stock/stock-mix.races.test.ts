import { randomInt, randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { SYSTEM } from '@/lib/domain/actor'
import { cancelCheckout, expireCheckout, placeCheckout } from '@/lib/domain/orders'
import { importCdks } from '@/lib/domain/stock'
import { createDb, inTransaction } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { INVARIANTS } from '@/lib/queries/audit'
import { stockOf } from '@/tests/support/books'
import { databaseUrl } from '@/tests/support/database'
import { BUYER, NOW, aListing, aPurchase, codes, run, vault } from '@/tests/support/factories'
import { LOG_KEYS } from '@/tests/support/log-keys'

const WATCHED = ['stock/', 'provenance/', 'escrow/', 'checkouts/']

test(
  'claims, give-ups, expiries and imports all at once leave every CDK accounted for',
  { timeout: 300_000 },
  async () => {
    const listing = await aListing({ stock: 200 })
    const { merchantId, variantId } = listing
    const client = createDb(databaseUrl, { max: 24 })
    const buyOnce = async () => {
      const wanted = aPurchase(listing, { quantity: 1 + randomInt(5) })
      const { checkoutId } = await inTransaction(client, (tx) => placeCheckout(tx, wanted, NOW))
      const fate = randomInt(10)
      if (fate < 4) await inTransaction(client, (tx) => cancelCheckout(tx, checkoutId, BUYER, NOW))
      else if (fate < 8)
        await inTransaction(client, (tx) => expireCheckout(tx, checkoutId, SYSTEM, after(NOW, 16 * MINUTE_MS)))
    }
    const buyer = async () => {
      for (let at = 0; at < 25; at++) {
        try {
          await buyOnce()
        } catch (error) {
          if (!(error instanceof Refusal && error.code.startsWith('stock/'))) throw error
        }
      }
    }
    const importer = async () => {
      for (let at = 0; at < 5; at++) {
        const upload = { merchantId, variantId, uploadedById: randomUUID(), fileName: null, text: codes(50).join('\n') }
        await inTransaction(client, (tx) => importCdks(tx, vault, upload, NOW))
      }
    }
    await Promise.all([...Array.from({ length: 20 }, buyer), importer(), importer()])
    await client.$disconnect()
    const { AVAILABLE = 0, RESERVED = 0, ...others } = await stockOf(variantId)
    expect(others).toEqual({})
    expect(AVAILABLE + RESERVED).toBe(700)
    const watched = INVARIANTS.filter(({ name }) => WATCHED.some((prefix) => name.startsWith(prefix)))
    expect(watched.length).toBeGreaterThan(10)
    for (const invariant of watched) {
      const { offenders } = await run((tx) =>
        invariant.check(tx, { vault, logKeys: LOG_KEYS, migrations: [], now: NOW }),
      )
      expect([invariant.name, offenders]).toEqual([invariant.name, 0])
    }
  },
)
