import { beforeEach, expect, test } from 'vitest'
import { commit, verifyChain } from '@/lib/domain/provenance'
import { readChains, sha256 } from '@/lib/domain/stock'
import { ImportChoices, mapFields, readStock } from '@/lib/stock-files'
import { stockFixtures } from '@/tests/fixtures/stock/make-fixtures'
import { db } from '@/tests/support/database'
import { aListing, run, vault } from '@/tests/support/factories'
import { anUpload, choicesFor, choose, inOnePiece, secretsOf, standingOf, takeNext } from '@/tests/support/imports'

// Some fixtures bring the same codes, and a code of another merchant is refused.
beforeEach(async () => {
  await db.$executeRaw`UPDATE cdk SET fingerprint = sha256(uuid_send(id))`
})

test.each([...stockFixtures()])('%s comes into stock as its preview says', async (name, bytes) => {
  const listing = await aListing({ stock: 0 })
  const choices = await choicesFor(bytes, name)
  const importId = await anUpload(listing, bytes, name)
  await choose(listing, importId, { choices })
  expect(await takeNext()).toBe('done')

  const told: string[] = []
  const units = []
  for await (const row of readStock(inOnePiece(bytes), choices.shape)) {
    const mapped = mapFields(row, choices.mapping, { now: new Date() })
    if (mapped.verdict === 'accepted') units.push(mapped.unit)
    else told.push(`${mapped.line} ${mapped.verdict}`)
  }
  const { counts, linesDone, linesTotal, rejected, batchId, bytesDone } = await standingOf(importId)
  expect(rejected).toEqual(told)
  expect(counts).toMatchObject({ accepted: units.length })
  expect([linesDone, linesTotal, Number(bytesDone)]).toEqual([units.length + told.length, linesDone, bytes.length])
  expect(await secretsOf(listing.variantId)).toEqual(units.map(({ secret }) => secret))

  const cdks = await db.cdk.findMany({ where: { variantId: listing.variantId }, orderBy: { id: 'asc' } })
  expect(cdks.map(({ expiresAt, costMinor, note }) => ({ expiresAt, costMinor, note }))).toEqual(
    units.map(({ expiresAt, costMinor, note }) => ({ expiresAt, costMinor, note })),
  )
  expect(cdks.map(({ fingerprint }) => Buffer.from(fingerprint).toString('hex'))).toEqual(
    units.map(({ identity }) => Buffer.from(vault.fingerprint(identity)).toString('hex')),
  )
  expect(cdks.every(({ bucket, state }) => bucket >= 0 && bucket < 32 && state === 'AVAILABLE')).toBe(true)
  expect(await db.stockBatch.findMany({ where: { variantId: listing.variantId } })).toMatchObject([
    { id: batchId, acceptedCount: units.length, rejectedCount: told.length, fileName: name },
  ])

  const chains = await run((tx) =>
    readChains(
      tx,
      cdks.map(({ id }) => id),
    ),
  )
  for (const cdk of cdks) {
    const [first, ...more] = chains.get(cdk.id) ?? []
    expect(more).toEqual([])
    expect(first?.event).toMatchObject({ type: 'imported', seq: 0, hash: Buffer.from(cdk.eventHash).toString('hex') })
    expect(await verifyChain(first ? [first.event] : [])).toEqual({ sound: true })
    expect(first?.opening?.data).toEqual({ batchId })
    expect(first?.opening && commit(sha256, first.opening.salt, first.opening.data)).toBe(first?.event.commitment)
  }
})

test('names of columns that no text column takes come in without what is wrong with them', async () => {
  const listing = await aListing({ stock: 0 })
  const names = ['账号', '密\u0000码', `${'x'.repeat(19)}😀`]
  const row = Object.fromEntries(names.map((name, at) => [name, `value-${at}`]))
  const bytes = Buffer.from(JSON.stringify([row]))
  const choices = await choicesFor(bytes, 'odd.json')
  expect(choices.mapping.columns.map(({ label }) => label)).toEqual(['账号', '密码', 'x'.repeat(19)])
  const importId = await anUpload(listing, bytes, 'odd.json')
  await choose(listing, importId, { choices })
  expect(await takeNext()).toBe('done')
  expect(await standingOf(importId)).toMatchObject({ counts: { accepted: 1 } })
  const broken = { ...choices, mapping: { columns: [{ field: 'code', label: '\u0000' }] } }
  expect(ImportChoices.safeParse(broken).success).toBe(false)
})
