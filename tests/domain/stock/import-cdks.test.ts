import { describe, expect, test } from 'vitest'
import { MAX_IMPORT_LINES, importCdks, openCdks, readLines } from '@/lib/domain/stock'
import { createDb } from '@/lib/infra/db'
import { newId } from '@/lib/kernel/ids'
import { stockOf } from '@/tests/support/books'
import { databaseUrl, db } from '@/tests/support/database'
import { BUYER, NOW, aDeliveredOrder, aListing, type Listing, codes, run, vault } from '@/tests/support/factories'
import { raceTwice } from '@/tests/support/race'

const upload = ({ merchantId, variantId }: Listing, text: string) =>
  run((tx) => importCdks(tx, vault, { merchantId, variantId, uploadedById: newId(), fileName: 'codes.txt', text }, NOW))

describe('importCdks', () => {
  test('reports on every line and takes only the good ones', async () => {
    const listing = await aListing({ stock: 0 })
    const [a = '', b = ''] = codes(2)
    await upload(listing, a)
    const report = await upload(
      listing,
      `\uFEFF${b}\r\n\r\n${a}\n${b.toLowerCase()}\r${'x'.repeat(501)}\n  user----pass,word----{"a":1}  \n`,
    )
    expect(report.counts).toEqual({
      accepted: 2,
      empty: 1,
      'too-long': 1,
      'duplicate-in-file': 1,
      'duplicate-in-stock': 1,
      'known-on-mall': 0,
    })
    expect(report.rejected).toEqual([
      { line: 2, verdict: 'empty' },
      { line: 3, verdict: 'duplicate-in-stock' },
      { line: 4, verdict: 'duplicate-in-file' },
      { line: 5, verdict: 'too-long' },
    ])
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
    expect(await db.stockBatch.findUnique({ where: { id: report.batchId } })).toMatchObject({
      acceptedCount: 2,
      rejectedCount: 4,
    })
  })

  test('never splits inside a line: commas, pipes, JSON stay as they are', async () => {
    const listing = await aListing({ stock: 0 })
    const line = '{"user":"a,b|c","pass":"d----e"}'
    await upload(listing, line)
    const order = await aDeliveredOrder({ listing })
    const opened = await run((tx) =>
      openCdks(tx, vault, { merchantId: listing.merchantId, orderId: order.orderId }, BUYER, NOW),
    )
    expect(opened.map(({ code }) => code)).toEqual([line])
  })

  test('takes no code that another merchant has, and none that was delivered before', async () => {
    const [mine, theirs] = [await aListing({ stock: 0 }), await aListing({ stock: 0 })]
    const [code = ''] = codes(1)
    await upload(mine, code)
    expect((await upload(theirs, code)).counts).toMatchObject({ accepted: 0, 'known-on-mall': 1 })
    await aDeliveredOrder({ listing: mine })
    expect((await upload(mine, code)).counts).toMatchObject({ accepted: 0, 'duplicate-in-stock': 1 })
  })

  test('takes many lines in chunks', async () => {
    const listing = await aListing({ stock: 0 })
    expect((await upload(listing, codes(4_500).join('\n'))).counts.accepted).toBe(4_500)
    const buckets = await db.cdk.groupBy({ by: ['bucket'], where: { variantId: listing.variantId } })
    expect(buckets).toHaveLength(32)
  })

  test('sends the database one text, whatever the size of the upload: each text is kept prepared', async () => {
    const sent = new Set<string>()
    const counting = createDb(databaseUrl, { onQuery: (text) => sent.add(text) })
    const { merchantId, variantId } = await aListing({ stock: 0 })
    for (const lines of [1, 2, 3]) {
      const input = { merchantId, variantId, uploadedById: newId(), fileName: null, text: codes(lines).join('\n') }
      await counting.$transaction((tx) => importCdks(tx, vault, input, NOW))
    }
    await counting.$disconnect()
    expect([...sent].filter((text) => text.includes('INSERT INTO cdk'))).toHaveLength(1)
  })

  test("refuses nothing, too much, and another merchant's variant", async () => {
    const listing = await aListing({ stock: 0 })
    const other = await aListing({ stock: 0 })
    await expect(upload(listing, '')).rejects.toMatchObject({ code: 'stock/nothing-to-import' })
    await expect(upload(listing, 'x\n'.repeat(MAX_IMPORT_LINES + 1))).rejects.toMatchObject({
      code: 'stock/too-many-lines',
    })
    await expect(upload({ ...listing, merchantId: other.merchantId }, 'A-1')).rejects.toMatchObject({
      code: 'access/not-found',
    })
  })

  test('two racing uploads of the same codes let each code in once', async () => {
    const listing = await aListing({ stock: 0 })
    const text = codes(50).join('\n')
    const input = {
      merchantId: listing.merchantId,
      variantId: listing.variantId,
      uploadedById: newId(),
      fileName: null,
      text,
    }
    const [first, second] = await raceTwice((tx) => importCdks(tx, vault, input, NOW))
    expect(first).toMatchObject({ value: { counts: { accepted: 50 } } })
    expect(second).toMatchObject({ value: { counts: { accepted: 0, 'duplicate-in-stock': 50 } } })
  })

  test('stores no plaintext', async () => {
    const listing = await aListing({ stock: 0 })
    const [code = ''] = codes(1)
    await upload(listing, code)
    const [row] = await db.$queryRaw<
      { text: string }[]
    >`SELECT encode(c.ciphertext, 'escape') || c::text AS text FROM cdk c WHERE "variantId" = ${listing.variantId}::uuid`
    expect(row?.text).toContain('AVAILABLE')
    expect(row?.text).not.toContain(code)
  })
})

test.each([
  ['a\nb', ['a', 'b']],
  ['a\r\nb\r\n', ['a', 'b']],
  ['a\rb', ['a', 'b']],
  ['', []],
  ['\n', ['']],
])('readLines reads %j', (text, expected) => {
  expect(readLines(text).map(({ code }) => code)).toEqual(expected)
})

test('readLines stops just past what one upload may have', () => {
  expect(readLines('\n'.repeat(MAX_IMPORT_LINES))).toHaveLength(MAX_IMPORT_LINES)
  expect(readLines('\n'.repeat(20 * MAX_IMPORT_LINES))).toHaveLength(MAX_IMPORT_LINES + 1)
  expect(readLines('x\n'.repeat(20 * MAX_IMPORT_LINES)).length).toBeLessThan(MAX_IMPORT_LINES + 3)
})
