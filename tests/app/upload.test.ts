import { beforeEach, describe, expect, test, vi } from 'vitest'
import { uploadStockAction } from '@/app/[locale]/merchant/stock/actions'
import {
  cancelImportAction,
  chooseImportAction,
  rereadImportAction,
  startImportAction,
} from '@/app/[locale]/merchant/stock/imports/actions'
import { ImportDraft } from '@/app/[locale]/merchant/stock/imports/import-draft'
import type { ImportPreview } from '@/app/[locale]/merchant/stock/imports/import-preview'
import { maskValue } from '@/app/[locale]/merchant/stock/imports/mask-value'
import { readPreview } from '@/app/[locale]/merchant/stock/imports/read-preview'
import { receiveUpload } from '@/app/[locale]/merchant/stock/receive-upload'
import { FILE_NAME_HEADER, MOST_FORM_BYTES, MOST_UPLOAD_BYTES } from '@/app/[locale]/merchant/stock/upload-limits'
import { POST as downloadRejected } from '@/app/api/merchant/stock/imports/[id]/rejected/route'
import { GET as progress } from '@/app/api/merchant/stock/imports/[id]/route'
import { POST as upload } from '@/app/api/merchant/stock/uploads/route'
import { openCdks } from '@/lib/domain/stock'
import { newId } from '@/lib/kernel/ids'
import { findImport, findStoredUpload, listRejectedLines } from '@/lib/queries/merchant'
import type { FormAction } from '@/lib/web/action'
import { IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { fixture, inPieces } from '@/tests/stock-files/uploads'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import {
  BUYER,
  type Listing,
  NOW,
  aDeliveredOrder,
  aListing,
  aMerchant,
  codes,
  run,
  vault,
} from '@/tests/support/factories'
import { takeNext, tools } from '@/tests/support/imports'

/** Who sends the form. Only this is made up: routes, actions, file store, importer and database are the real ones. */
const sender = vi.hoisted(() => ({ user: null as SessionUser | null }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('@/lib/infra/vault', async () => {
  const factories = await import('@/tests/support/factories')
  return { cdkVault: () => factories.vault }
})
vi.mock('@/lib/infra/files', async (original) => ({
  ...(await original<object>()),
  fileStore: () => tools.files,
}))
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () =>
    Promise.resolve((key: string, values: { number?: number } = {}) => [key, values.number ?? ''].join(' ').trim()),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: () => undefined, getPathname: () => '/' }))

let listing: Listing
beforeEach(async () => {
  listing = await aListing({ stock: 0 })
  sender.user = aUserOf(listing.merchantId)
})

function aUserOf(merchantId: string): SessionUser {
  const id = newId()
  return { id, email: `${id}@example.com`, displayName: 'x', role: 'MERCHANT', merchantId }
}

interface Sent {
  readonly fileName?: string
  readonly headers?: Record<string, string>
  readonly variantId?: string
}

async function send(body: BodyInit | AsyncIterable<Uint8Array>, sent: Sent = {}): Promise<Response> {
  const { fileName, headers = {}, variantId = listing.variantId } = sent
  const name = fileName === undefined ? {} : { [FILE_NAME_HEADER]: encodeURIComponent(fileName) }
  // Not in the DOM's types: Node asks for it when a body is a stream.
  const halfDuplex = { duplex: 'half' }
  const address = `http://mall.example.com/api/merchant/stock/uploads?variantId=${variantId}&locale=en`
  const init = { method: 'POST', body: body as BodyInit, headers: { ...name, ...headers }, ...halfDuplex }
  return upload(new Request(address, init))
}

async function sent(body: BodyInit, fileName?: string): Promise<string> {
  const answer = await send(body, fileName === undefined ? {} : { fileName })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { importId: string }).importId
}

async function look(importId: string): Promise<ImportPreview & { mapped: boolean }> {
  const stored = await findStoredUpload(db, listing.merchantId, importId)
  if (!stored) throw new Error('the upload is gone')
  const draft = ImportDraft.parse(stored.choices)
  const read = await readPreview(stored, draft, NOW)
  if (read.status !== 'read') throw new Error(read.reason)
  return { ...read.preview, mapped: draft.mapping !== undefined }
}

type Form = Readonly<Record<string, string>>

async function act<T>(action: FormAction<T>, form: Form) {
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) data.set(name, value)
  return action(IDLE, data)
}

/** The form as the page shows it, with what the merchant changes in it. */
async function choose(importId: string, intent: 'look' | 'check' | 'run', changes: Form = {}) {
  const { choices, columns, mapped, certain } = await look(importId)
  const shown = JSON.stringify({ choices, names: columns.map(({ name }) => name), mapped, certain })
  const fields = choices.mapping.columns.map(({ field }, at): [string, string] => [`c${at}-field`, field])
  return act(chooseImportAction, {
    importId,
    intent,
    shown,
    ...Object.fromEntries(fields),
    ...(certain || intent === 'look' ? {} : { checked: 'on' }),
    ...changes,
  })
}

async function done(importId: string, intent: 'look' | 'check' | 'run', changes: Form = {}) {
  expect(await choose(importId, intent, changes)).toMatchObject({ status: 'done' })
}

async function reportOf(importId: string) {
  const found = await findImport(db, listing.merchantId, importId, NOW)
  const { rows } = await listRejectedLines(db, listing.merchantId, importId, 1)
  return { ...found, rejected: rows.map(({ line, verdict, column }) => [line, verdict, column]) }
}

async function loaded(body: BodyInit, { fileName, ...changes }: Form & { fileName?: string } = {}): Promise<string> {
  const importId = await sent(body, fileName)
  await done(importId, 'run', changes)
  await workOffImports()
  return importId
}

/** What a buyer of everything in stock is handed. */
async function delivered(quantity: number): Promise<string[]> {
  const { orderId } = await aDeliveredOrder({ listing, quantity })
  const opened = await run((tx) => openCdks(tx, vault, { merchantId: listing.merchantId, orderId }, BUYER, NOW))
  return opened.map(({ code }) => code).toSorted()
}

const fileOf = (name: string) => new Uint8Array(fixture(name))
const storedFiles = async () => tools.files.listFiles('imports')

/** Does what the importer does until nothing is due, and says how each import ended. */
async function workOffImports(): Promise<string[]> {
  const outcomes: string[] = []
  for (let outcome = await takeNext(); outcome !== null; outcome = await takeNext()) outcomes.push(outcome)
  return outcomes
}

describe('an upload', () => {
  test('is kept encrypted until its merchant decides, and nothing is in stock before', async () => {
    const [code = ''] = codes(1)
    const importId = await sent(`${code}\n`, '卡密\u0000 "1".txt')
    expect(await reportOf(importId)).toMatchObject({ state: 'UPLOADED', fileName: '卡密 "1".txt', byteCount: 17 + 3 })
    expect(await stockOf(listing.variantId)).toEqual({})
    const stored = await findStoredUpload(db, listing.merchantId, importId)
    expect(stored && vault.openBatchKey(stored.wrappedKey, stored.masterKeyVersion)).toHaveLength(32)
    expect(await look(importId)).toMatchObject({ isFile: true, columns: [{ samples: [maskValue(code)] }] })
  })

  test('of another merchant, another role or another site is refused before anything is kept', async () => {
    const before = await storedFiles()
    sender.user = aUserOf(await aMerchant())
    expect((await send('A-1')).status).toBe(404)
    expect((await send('A-1', { variantId: 'x' })).status).toBe(404)
    sender.user = { ...aUserOf(listing.merchantId), role: 'BUYER', merchantId: null }
    expect((await send('A-1')).status).toBe(404)
    sender.user = null
    expect((await send('A-1')).status).toBe(404)
    sender.user = aUserOf(listing.merchantId)
    for (const site of ['cross-site', 'same-site'])
      expect((await send('A-1', { headers: { 'sec-fetch-site': site } })).status).toBe(403)
    expect((await send('A-1', { headers: { origin: 'https://evil.example.com' } })).status).toBe(403)
    expect((await send('A-1', { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(201)
    expect(await storedFiles()).toHaveLength(before.length + 1)
  })

  test('that is empty, no text or too large is refused in words, and nothing of it stays', async () => {
    const before = await storedFiles()
    const answers = [
      await send(''),
      await send(' \r\n\t'),
      await send(new Uint8Array([1, 0, 2, 0, 0, 3]), { fileName: 'x.bin' }),
      await send(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), { fileName: 'old.xls' }),
      await send('A-1', { headers: { 'content-length': String(MOST_UPLOAD_BYTES + 1) } }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 415, 415, 413])
    const messages = await Promise.all(answers.map(async (each) => (await each.json()) as { message: string }))
    expect(messages.map(({ message }) => message.slice(0, 24))).toEqual([
      'The upload holds no code',
      'The upload holds no code',
      'This file is neither tex',
      'This is an old .xls or a',
      'The file is too large. P',
    ])
    const { merchantId, variantId } = listing
    const of = { merchantId, variantId, userId: newId(), fileName: null }
    const more = receiveUpload(inPieces('A'.repeat(200_001), 10_000), of, { run, now: NOW, most: 200_000 })
    await expect(more).rejects.toMatchObject({ code: 'stock/too-large' })
    expect(await storedFiles()).toEqual(before)
    expect(await db.stockImport.count({ where: { merchantId: listing.merchantId } })).toBe(0)
  })

  test('that breaks off leaves nothing, whether the connection says so or only ends', async () => {
    const before = await storedFiles()
    async function* broken(): AsyncGenerator<Uint8Array, void> {
      yield new Uint8Array(100_000).fill(65)
      await Promise.resolve()
      throw new Error('ECONNRESET')
    }
    await expect(send(broken())).rejects.toThrow()
    const short = await send(inPieces('A-1\nA-2\n'), { headers: { 'content-length': '1000' } })
    expect(short.status).toBe(400)
    expect(await storedFiles()).toEqual(before)
    expect(await db.stockImport.count({ where: { merchantId: listing.merchantId } })).toBe(0)
  })

  test('runs alone of its merchant, beside those of others', async () => {
    let goOn = () => undefined as void
    const waiting = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const begun = Promise.withResolvers<void>()
    async function* slow(): AsyncGenerator<Uint8Array, void> {
      begun.resolve()
      await waiting
      yield new TextEncoder().encode('A-1\n')
    }
    const first = send(slow())
    await begun.promise
    expect((await send('A-2')).status).toBe(409)
    const other = await aListing({ stock: 0 })
    sender.user = aUserOf(other.merchantId)
    expect((await send('A-3', { variantId: other.variantId })).status).toBe(201)
    goOn()
    expect((await first).status).toBe(201)
    sender.user = aUserOf(listing.merchantId)
    expect((await send('A-2')).status).toBe(201)
  })

  test('without JavaScript is a chosen file before the pasted text, at most 8 MB', async () => {
    const form = { variantId: listing.variantId, text: 'PASTED-1' }
    const withFile = async (file: File) => {
      const data = new FormData()
      for (const [name, value] of Object.entries(form)) data.set(name, value)
      data.set('file', file)
      return uploadStockAction(IDLE, data)
    }
    const namesOf = async () => {
      const rows = await db.stockImport.findMany({
        where: { merchantId: listing.merchantId },
        orderBy: { createdAt: 'asc' },
      })
      return rows.map(({ fileName }) => fileName)
    }
    await withFile(new File(['FILE-1'], 'codes.txt'))
    await withFile(new File([], ''))
    expect(await namesOf()).toEqual(['codes.txt', null])
    const large = new File([new Uint8Array(MOST_FORM_BYTES + 1)], 'big.txt')
    expect(await withFile(large)).toMatchObject({ code: 'stock/too-large' })
    expect(await act(uploadStockAction, { ...form, text: ' \n' })).toMatchObject({ code: 'stock/nothing-to-import' })
  })
})

describe('an import with its preview', () => {
  test.each([
    ['lines-crlf-bom.txt', 3],
    ['accounts-gbk.txt', 3],
    ['cards-gbk.csv', 2],
    ['cards-big5.csv', 2],
    ['cards-utf16le-bom.txt', 1],
    ['keys.json', 4],
    ['cards.xlsx', 4],
  ])('takes of %s what the dry run promised, and a second time nothing', async (name, taken) => {
    const importId = await sent(fileOf(name), name)
    await done(importId, 'check')
    expect(await workOffImports()).toEqual(['checked'])
    const promised = await reportOf(importId)
    expect(promised).toMatchObject({ state: 'CHECKED', counts: { accepted: taken } })
    expect(await stockOf(listing.variantId)).toEqual({})
    expect(await act(startImportAction, { importId })).toMatchObject({ status: 'done' })
    expect(await workOffImports()).toEqual(['done'])
    expect(await reportOf(importId)).toMatchObject({
      state: 'DONE',
      counts: promised.counts,
      rejected: promised.rejected,
    })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: taken })
    const again = await reportOf(await loaded(fileOf(name), { fileName: name }))
    expect(again).toMatchObject({ counts: { 'duplicate-in-stock': taken } })
    expect(again.counts?.['accepted'] ?? 0).toBe(0)
  })

  test('hands the buyer what the columns say, and never cost and note', async () => {
    const [a = '', b = ''] = codes(2)
    await loaded(`卡号,密码,有效期,进价,备注\n${a},004217,2031-12-31,9.50,甲\n${b},000318,,,乙\n`, {
      fileName: 'a.csv',
    })
    expect(await delivered(2)).toEqual([`卡号: ${a}\n密码: 004217`, `卡号: ${b}\n密码: 000318`].toSorted())
  })

  test('refuses a code that another merchant brought before, and tells nobody but the platform whose it is', async () => {
    const [code = ''] = codes(1)
    await loaded(code)
    const first = listing
    listing = await aListing({ stock: 0 })
    sender.user = aUserOf(listing.merchantId)
    const importId = await loaded(`${code}\n`)
    expect(await reportOf(importId)).toMatchObject({ state: 'DONE', rejected: [[1, 'known-on-mall', null]] })
    expect(await stockOf(listing.variantId)).toEqual({})
    expect(await db.fingerprintPair.findFirstOrThrow({ where: { importId } })).toMatchObject({
      merchantId: listing.merchantId,
      firstMerchantId: first.merchantId,
    })
  })

  test('says how it reads a file and why, and asks when it had to guess', async () => {
    const named = await look(await sent(fileOf('cards-gbk.csv'), 'cards-gbk.csv'))
    expect(named).toMatchObject({ certain: true, formatReason: 'content', encodingReason: 'bytes', isFile: true })
    expect(named.columns.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      '卡号 named',
      '密码 named',
      '有效期 named',
      '进价 named',
      '备注 named',
    ])
    const importId = await sent(fileOf('accounts-pipe-utf8.txt'), 'accounts-pipe-utf8.txt')
    const guessed = await look(importId)
    expect(guessed.certain).toBe(false)
    expect(guessed.columns.map(({ reason }) => reason)).toEqual(['place', 'place', 'unknown'])
  })

  test('takes nothing that was guessed before its merchant has said that he looked', async () => {
    const importId = await sent(fileOf('accounts-pipe-utf8.txt'), 'accounts-pipe-utf8.txt')
    const { choices, columns } = await look(importId)
    const shown = { choices, names: columns.map(({ name }) => name), mapped: false, certain: false }
    const form = { importId, intent: 'run', shown: JSON.stringify(shown) }
    const refused = await act(chooseImportAction, form)
    expect(refused).toMatchObject({ status: 'refused', code: 'input/invalid' })
    expect(refused.status === 'refused' && Object.keys(refused.fields ?? {})).toEqual(['checked'])
    expect(await reportOf(importId)).toMatchObject({ state: 'UPLOADED' })

    await done(importId, 'look', { 'c0-field': 'account', 'c1-field': 'password', 'c2-field': 'pin' })
    const corrected = await look(importId)
    expect(corrected.certain).toBe(true)
    expect(corrected.columns.map(({ reason }) => reason)).toEqual(['chosen', 'chosen', 'chosen'])
    expect(corrected.delivered).toBe('账号: u•••\n密码: p•••\n密码: 1•••')
    await done(importId, 'run')
    expect(await workOffImports()).toEqual(['done'])
  })

  test('reads as the merchant chooses, guesses anew what follows, and keeps what he said of the batch', async () => {
    const importId = await sent(fileOf('cards-big5.csv'), 'cards-big5.csv')
    await done(importId, 'look', { encoding: 'utf-8', source: 'PUBLISHER', cost: '1.5', validityDays: '30' })
    expect(await look(importId)).toMatchObject({ encodingReason: 'chosen', delivered: null })
    const { batchFacts } = await reportOf(importId)
    expect(batchFacts).toMatchObject({ source: 'PUBLISHER', costMinor: 150, validityDays: 30, seats: 1 })
    expect(await act(rereadImportAction, { importId })).toMatchObject({ status: 'done' })
    expect(await look(importId)).toMatchObject({ encodingReason: 'bytes' })

    const pasted = await sent('a----b\nc----d')
    await done(pasted, 'look', { separator: 'none' })
    expect(await look(pasted)).toMatchObject({ columns: [{}], isFile: false })
    await done(pasted, 'look', { header: 'yes' })
    expect(await look(pasted)).toMatchObject({ columns: [{ name: 'a----b' }] })
  })

  test('imports nothing that nobody has seen: another reading is shown first, whatever was pressed', async () => {
    const importId = await sent('a----b\nc----d')
    await done(importId, 'run', { separator: 'none' })
    expect(await reportOf(importId)).toMatchObject({ state: 'UPLOADED' })
    expect(await look(importId)).toMatchObject({ columns: [{}] })
  })

  test('shows no code: values are masked', async () => {
    const [code = ''] = codes(1)
    const preview = JSON.stringify(await look(await sent(`code,pin,expiry\n${code},839201,2031-12-31\n,445566,\n`)))
    expect(preview).toContain('2031-12-31')
    for (const secret of [code, '839201', '445566']) expect(preview).not.toContain(secret)
  })

  test('writes the facts of its batch onto it, each code costing what was said unless its line says otherwise', async () => {
    const [a = '', b = ''] = codes(2)
    const importId = await loaded(`code,cost\n${a},2.50\n${b},\n`, {
      source: 'DISTRIBUTOR',
      sourceNote: ' 上海代理 2026-02 ',
      cost: '1.20',
    })
    const { batchId } = await reportOf(importId)
    expect(await db.stockBatch.findUniqueOrThrow({ where: { id: batchId ?? '' } })).toMatchObject({
      source: 'DISTRIBUTOR',
      sourceNote: '上海代理 2026-02',
      costMinor: 120,
    })
    for (const [name, value] of Object.entries({ cost: '1.234', validityDays: '0', seats: '2' })) {
      const other = await sent(`${codes(1).join('')}\n`)
      expect(await choose(other, 'run', { [name]: value })).toMatchObject({
        status: 'refused',
        code: name === 'seats' ? 'import/seats' : 'input/invalid',
      })
    }
  })

  test('takes all or nothing when the merchant says so', async () => {
    const [a = '', b = ''] = codes(2)
    const faulty = await loaded(`${a}\n\n${'x'.repeat(501)}`, { allOrNothing: 'on' })
    expect(await reportOf(faulty)).toMatchObject({ state: 'REFUSED', batchId: null })
    expect(await stockOf(listing.variantId)).toEqual({})
    expect(await reportOf(await loaded(`${a}\n\n${b}`, { allOrNothing: 'on' }))).toMatchObject({ state: 'DONE' })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })
  })

  test('that was discarded is over: nothing was taken and nothing more can be decided', async () => {
    const importId = await sent(`${codes(1).join('')}\n`)
    expect(await act(cancelImportAction, { importId })).toMatchObject({ data: { stopped: 'cancelled' } })
    expect(await workOffImports()).toEqual([])
    expect(await reportOf(importId)).toMatchObject({ state: 'CANCELLED', batchId: null })
    expect(await act(cancelImportAction, { importId })).toMatchObject({ code: 'import/finished' })
    expect(await choose(importId, 'run')).toMatchObject({ code: 'import/not-waiting' })
  })
})

describe('an import that has ended', () => {
  const download = async (id: string, headers: Record<string, string> = {}) =>
    downloadRejected(new Request('http://mall.example.com/?locale=en', { method: 'POST', headers }), {
      params: Promise.resolve({ id }),
    })

  test('gives every line a verdict, and the text of the rejected ones back to their merchant while the upload is kept', async () => {
    const [a = '', b = ''] = codes(2)
    await loaded(a)
    const rows = [
      `${b},2031-12-31,1`,
      `${a},,`,
      `${b},,`,
      '',
      `=C1,03/04/2031,`,
      `C2,2020-01-01,`,
      `C3,,x`,
      `C4,,,more,still more`,
      `,,5`,
    ]
    const importId = await loaded(`code,expiry,cost\n${rows.join('\n')}\n`)
    const { rejected } = await reportOf(importId)
    expect(rejected).toEqual([
      [3, 'duplicate-in-stock', null],
      [4, 'duplicate-in-file', null],
      [5, 'empty', null],
      [6, 'bad-expiry', 1],
      [7, 'expired', 1],
      [8, 'bad-cost', 2],
      [9, 'too-many-fields', 3],
      [10, 'missing-field', 0],
    ])
    const csv = await (await download(importId)).text()
    expect(csv.replace('\uFEFF', '').split('\r\n')).toEqual([
      'line,why,code,expiry,cost,columnNumber 4',
      `3,verdict.duplicate-in-stock,${a},,,`,
      `4,verdict.duplicate-in-file,${b},,,`,
      '5,verdict.empty,,,,',
      "6,verdict.bad-expiry (expiry),'=C1,03/04/2031,,",
      '7,verdict.expired (expiry),C2,2020-01-01,,',
      '8,verdict.bad-cost (cost),C3,,x,',
      '9,verdict.too-many-fields (columnNumber 4),C4,,,more still more',
      '10,verdict.missing-field (code),,,5,',
      '',
    ])
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })

    await db.stockImport.update({ where: { id: importId }, data: { fileKey: null } })
    const gone = await (await download(importId)).text()
    expect(gone.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual(['line,why', '3,verdict.duplicate-in-stock'])
  })

  test("is another merchant's to neither watch nor download", async () => {
    const importId = await loaded(`${codes(1).join('')}\n\n`)
    const watch = async () => progress(new Request('http://x/'), { params: Promise.resolve({ id: importId }) })
    expect(await (await watch()).json()).toMatchObject({ state: 'DONE', linesDone: 2, linesTotal: 2, share: 1 })
    expect((await download(importId, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    for (const user of [
      aUserOf(await aMerchant()),
      { ...aUserOf(''), role: 'OPERATOR' as const, merchantId: null },
      null,
    ]) {
      sender.user = user
      expect((await watch()).status).toBe(404)
      expect((await download(importId)).status).toBe(404)
    }
  })
})

test.each([
  ['', ''],
  ['0042', '0•••'],
  ['SHORT-CODE', 'S•••'],
  ['TEST-AAAA-0001', 'TE••••01'],
])('masks %j as %j', (value, masked) => {
  expect(maskValue(value)).toBe(masked)
})
