import { expect, test } from 'vitest'
import { type ImportUnit, type UnitsInput, findDuplicates, importUnits } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { NOW, aListing, type Listing, codes, run, vault } from '@/tests/support/factories'
import { raceTwice } from '@/tests/support/race'

const unitsOf = (secrets: readonly string[]): ImportUnit[] =>
  secrets.map((secret, at) => ({ line: at + 1, secret, fingerprint: vault.fingerprint(secret) }))

function inputOf({ merchantId, variantId }: Listing, secrets: readonly string[]): UnitsInput {
  const of = { merchantId, variantId, uploadedById: newId(), fileName: null }
  return { ...of, units: unitsOf(secrets), leftOut: { empty: 0, faulty: 0 }, allOrNothing: false }
}

test('the dry run tells what the import then tells, and writes nothing', async () => {
  const listing = await aListing({ stock: 0 })
  const [a = '', b = ''] = codes(2)
  await run((tx) => importUnits(tx, vault, inputOf(listing, [a]), NOW))
  const again = inputOf(listing, [b, a, b.toLowerCase()])
  const foretold = await run((tx) => findDuplicates(tx, again, again.units))
  expect(foretold).toEqual([
    { line: 2, verdict: 'duplicate-in-stock' },
    { line: 3, verdict: 'duplicate-in-file' },
  ])
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1 })
  expect((await run((tx) => importUnits(tx, vault, again, NOW))).duplicates).toEqual(foretold)
})

test("the dry run and the import know nothing of another merchant's variant", async () => {
  const [mine, theirs] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
  const input = { ...inputOf(mine, codes(1)), variantId: theirs.variantId }
  for (const allOrNothing of [true, false]) {
    await expect(run((tx) => importUnits(tx, vault, { ...input, allOrNothing }, NOW))).rejects.toMatchObject({
      code: 'access/not-found',
    })
  }
  await expect(run((tx) => findDuplicates(tx, input, input.units))).rejects.toMatchObject({ code: 'access/not-found' })
})

test('all or nothing leaves neither CDKs nor batch behind, and the transaction usable', async () => {
  const listing = await aListing({ stock: 0 })
  const [a = '', b = ''] = codes(2)
  const input = { ...inputOf(listing, [a, b, a]), allOrNothing: true }
  const [first, second] = await run(async (tx) => [
    await importUnits(tx, vault, input, NOW),
    await importUnits(tx, vault, { ...input, units: unitsOf([a]) }, NOW),
  ])
  expect(first).toEqual({ batchId: null, duplicates: [{ line: 3, verdict: 'duplicate-in-file' }] })
  expect(second.duplicates).toEqual([])
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1 })
  expect(await db.stockBatch.count({ where: { variantId: listing.variantId } })).toBe(1)
})

test('of two racing uploads that want all or nothing one takes all and the other nothing', async () => {
  const listing = await aListing({ stock: 0 })
  const input = { ...inputOf(listing, codes(50)), allOrNothing: true }
  const [first, second] = await raceTwice((tx) => importUnits(tx, vault, input, NOW))
  expect(first).toMatchObject({ value: { duplicates: [] } })
  expect(second).toMatchObject({ value: { batchId: null } })
  expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 50 })
})
