import { beforeEach, describe, expect, test, vi } from 'vitest'
import { previewUploadAction, uploadStockAction } from '@/app/[locale]/merchant/stock/actions'
import { maskValue } from '@/app/[locale]/merchant/stock/mask-value'
import { rejectedCsv } from '@/app/[locale]/merchant/stock/rejected-csv'
import { readUpload } from '@/app/[locale]/merchant/stock/read-upload'
import type { UploadChoices } from '@/app/[locale]/merchant/stock/upload-choices'
import type { UploadPreview } from '@/app/[locale]/merchant/stock/upload-preview'
import {
  MOST_UPLOAD_BYTES,
  type UploadReport,
  countVerdicts,
  firstLines,
  shorten,
} from '@/app/[locale]/merchant/stock/upload-report'
import { openCdks } from '@/lib/domain/stock'
import type { Refusal } from '@/lib/kernel/refusal'
import { newId } from '@/lib/kernel/ids'
import type { FormAction } from '@/lib/web/action'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { BUYER, NOW, aDeliveredOrder, aListing, type Listing, codes, run, vault } from '@/tests/support/factories'
import { fixture } from '@/tests/stock-files/uploads'

/** Who sends the form. Only this is made up: wrappers, readers, verbs and database are the real ones. */
const sender = vi.hoisted(() => ({ user: null as SessionUser | null }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('@/lib/infra/vault', async () => {
  const factories = await import('@/tests/support/factories')
  return { cdkVault: () => factories.vault }
})
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () =>
    Promise.resolve((key: string, values: { number?: number } = {}) => [key, values.number ?? ''].join(' ').trim()),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))

let listing: Listing
beforeEach(async () => {
  listing = await aListing({ stock: 0 })
  const id = newId()
  sender.user = { id, email: `${id}@example.com`, displayName: 'x', role: 'MERCHANT', merchantId: listing.merchantId }
})

interface Sent {
  readonly text?: string
  readonly file?: File
  readonly choices?: UploadChoices | { readonly format: 'exe' }
  readonly allOrNothing?: boolean
}

async function send<T>(action: FormAction<T>, { text, file, choices, allOrNothing }: Sent): Promise<ActionState<T>> {
  const form = new FormData()
  form.set('variantId', listing.variantId)
  form.set('text', text ?? '')
  if (file) form.set('file', file)
  if (choices) form.set('choices', JSON.stringify(choices))
  if (allOrNothing === true) form.set('allOrNothing', 'on')
  return action(IDLE, form)
}

async function done<T>(action: FormAction<T>, sent: Sent): Promise<T> {
  const state = await send(action, sent)
  if (state.status !== 'done') throw new Error(state.status === 'refused' ? state.code : state.status)
  return state.data
}

const look = async (sent: Sent): Promise<UploadPreview> => done(previewUploadAction, { choices: {}, ...sent })
const load = async (sent: Sent): Promise<UploadReport> => done(uploadStockAction, sent)

function fileOf(name: string): File {
  return new File([new Uint8Array(fixture(name))], name)
}

/** What a buyer of everything in stock is handed. */
async function delivered(quantity: number): Promise<string[]> {
  const { orderId } = await aDeliveredOrder({ listing, quantity })
  const opened = await run((tx) => openCdks(tx, vault, { merchantId: listing.merchantId, orderId }, BUYER, NOW))
  return opened.map(({ code }) => code).toSorted()
}

describe('an upload with its preview', () => {
  test.each([
    ['lines-crlf-bom.txt', 3],
    ['accounts-gbk.txt', 3],
    ['cards-gbk.csv', 2],
    ['cards-big5.csv', 2],
    ['cards-utf16le-bom.txt', 1],
    ['keys.json', 4],
    ['cards.xlsx', 4],
  ])('takes of %s what the preview promised, and a second time nothing', async (name, taken) => {
    const preview = await look({ file: fileOf(name) })
    expect(preview.report).toMatchObject({ stored: false, counts: { accepted: taken } })
    expect(await stockOf(listing.variantId)).toEqual({})
    const report = await load({ file: fileOf(name), choices: preview.choices })
    expect(report).toEqual({ ...preview.report, stored: true })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: taken })
    expect((await look({ file: fileOf(name) })).report.counts).toMatchObject({
      accepted: 0,
      'duplicate-in-stock': taken,
    })
  })

  test('hands the buyer what the columns say, and never cost and note', async () => {
    const { choices } = await look({ file: fileOf('cards-gbk.csv') })
    await load({ file: fileOf('cards-gbk.csv'), choices })
    expect(await delivered(2)).toEqual(['卡号: 9000000000000001\n密码: 004217', '卡号: 9000000000000002\n密码: 000318'])
  })

  test('says how it reads a file and why, and asks when it had to guess', async () => {
    const named = await look({ file: fileOf('cards-gbk.csv') })
    expect(named).toMatchObject({ certain: true, formatReason: 'content', encodingReason: 'bytes', isFile: true })
    expect(named.columns.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      '卡号 named',
      '密码 named',
      '有效期 named',
      '进价 named',
      '备注 named',
    ])
    const guessed = await look({ file: fileOf('accounts-pipe-utf8.txt') })
    expect(guessed.certain).toBe(false)
    expect(guessed.columns.map(({ reason }) => reason)).toEqual(['place', 'place', 'unknown'])
    const columns = (['account', 'password', 'pin'] as const).map((field) => ({ field, label: null, optional: false }))
    const corrected = await look({
      file: fileOf('accounts-pipe-utf8.txt'),
      choices: { ...guessed.choices, columns },
    })
    expect(corrected.certain).toBe(true)
    expect(corrected.columns.map(({ reason }) => reason)).toEqual(['chosen', 'chosen', 'chosen'])
    expect(corrected.delivered).toBe('账号: u•••\n密码: p•••\n密码: 1•••')
  })

  test('reads as the merchant chooses: encoding, separator, header', async () => {
    const wrong = await look({ file: fileOf('cards-big5.csv'), choices: { encoding: 'utf-8' } })
    expect(wrong).toMatchObject({ encodingReason: 'chosen', report: { counts: { accepted: 0, 'bad-encoding': 3 } } })
    const whole = await look({ text: 'a----b\nc----d', choices: { separator: null } })
    expect(whole).toMatchObject({ columns: [{}], isFile: false, report: { counts: { accepted: 2 } } })
    const headed = await look({ text: 'AAA\nBBB', choices: { header: true } })
    expect(headed).toMatchObject({ columns: [{ name: 'AAA' }], report: { counts: { accepted: 1 } } })
  })

  test('shows no code: values are masked, rejected lines are numbers', async () => {
    const [code = ''] = codes(1)
    const { report, ...shown } = await look({ text: `code,pin,expiry\n${code},839201,2031-12-31\n,445566,\n` })
    expect(JSON.stringify(shown)).toContain('2031-12-31')
    for (const secret of [code, '839201', '445566']) {
      expect(JSON.stringify(shown)).not.toContain(secret)
      expect(JSON.stringify(report.runs)).not.toContain(secret)
    }
  })

  test('gives every line a verdict, and the text of the rejected ones back to whoever sent it', async () => {
    const [a = '', b = ''] = codes(2)
    await load({ text: a })
    const rows = [
      `${b},2031-12-31,1`,
      `${a},,`,
      `${b},,`,
      '',
      `=C1,03/04/2031,`,
      `C2,2020-01-01,`,
      `C3,,x`,
      `C4,,,more`,
      `,,5`,
    ]
    const report = await load({ text: `code,expiry,cost\n${rows.join('\n')}\n`, choices: {} })
    expect(report.runs.map(({ from, verdict, column }) => [from, verdict, column])).toEqual([
      [3, 'duplicate-in-stock', null],
      [4, 'duplicate-in-file', null],
      [5, 'empty', null],
      [6, 'bad-expiry', 1],
      [7, 'expired', 1],
      [8, 'bad-cost', 2],
      [9, 'too-many-fields', 3],
      [10, 'missing-field', 0],
    ])
    expect(report.csv?.split('\r\n').slice(0, 6)).toEqual([
      'line,why,code,expiry,cost,columnNumber 4',
      `3,verdict.duplicate-in-stock,${a},,,`,
      `4,verdict.duplicate-in-file,${b},,,`,
      '5,verdict.empty,,,,',
      "6,verdict.bad-expiry (expiry),'=C1,03/04/2031,,",
      '7,verdict.expired (expiry),C2,2020-01-01,,',
    ])
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })
  })

  test('takes all or nothing when the merchant says so; an empty line is no fault', async () => {
    const [a = '', b = ''] = codes(2)
    const faulty = await load({ text: `${a}\n\n${'x'.repeat(501)}`, choices: {}, allOrNothing: true })
    expect(faulty).toMatchObject({ stored: false, counts: { accepted: 1, 'too-long': 1 } })
    const twice = await load({ text: `${a}\n${b}\n${a}`, choices: {}, allOrNothing: true })
    expect(twice).toMatchObject({ stored: false, counts: { accepted: 2, 'duplicate-in-file': 1 } })
    expect(await stockOf(listing.variantId)).toEqual({})
    expect(await db.stockBatch.count({ where: { variantId: listing.variantId } })).toBe(0)
    expect(await load({ text: `${a}\n\n${b}`, choices: {}, allOrNothing: true })).toMatchObject({ stored: true })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 2 })
  })
})

describe('an upload without JavaScript, so without a preview', () => {
  test('is one CDK a line, nothing is split and no text comes back', async () => {
    expect(await load({ text: 'code,pin\n{"a":1,"b":2}\nu----p\nu----p' })).toMatchObject({
      counts: { accepted: 3, 'duplicate-in-file': 1 },
      csv: null,
    })
    expect(await delivered(3)).toEqual(['code,pin', 'u----p', '{"a":1,"b":2}'])
  })

  test('takes a list in any encoding whole, and no table', async () => {
    expect(await load({ file: fileOf('cards-box.txt') })).toMatchObject({ counts: { accepted: 2 } })
    for (const name of ['cards.xlsx', 'keys.json', 'quoted.csv']) {
      expect(await send(uploadStockAction, { file: fileOf(name) })).toMatchObject({
        code: 'stock/unreadable',
        params: { reason: 'needs_preview' },
      })
    }
  })
})

test('refuses what cannot be read, with its reason, and what is too much', async () => {
  const refused = async (file: File, choices: UploadChoices = {}) => send(previewUploadAction, { file, choices })
  expect(await refused(new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0])], 'old.xls'))).toMatchObject({
    code: 'stock/unreadable',
    params: { reason: 'old_workbook' },
  })
  expect(await refused(new File([new Uint8Array([1, 0, 2, 0, 0, 3])], 'x.bin'))).toMatchObject({
    params: { reason: 'binary' },
  })
  expect(await refused(new File(['A-1'], 'a.txt'), { format: 'xlsx' })).toMatchObject({ code: 'stock/unreadable' })
  expect(await refused(new File(['x\n'.repeat(200_001)], 'a.txt'))).toMatchObject({ code: 'stock/too-many-lines' })
  expect(await send(previewUploadAction, { text: 'A-1', choices: { format: 'exe' } })).toMatchObject({
    code: 'input/invalid',
  })
})

test('an upload is a chosen file before the pasted text, at most 8 MiB', () => {
  const codeOf = (text: string, file?: File) => {
    try {
      readUpload(text, file)
      return null
    } catch (error) {
      return (error as Refusal).code
    }
  }
  expect(readUpload('pasted', new File(['A-1'], 'codes.txt')).fileName).toBe('codes.txt')
  expect(readUpload('pasted', new File([], '')).fileName).toBeNull()
  expect(codeOf(' \n')).toBe('stock/nothing-to-import')
  expect(codeOf('', new File([new Uint8Array(MOST_UPLOAD_BYTES + 1)], 'big.txt'))).toBe('stock/too-large')
  expect(codeOf('x'.repeat(MOST_UPLOAD_BYTES + 1))).toBe('stock/too-large')
})

test('shortens a report without losing a line', async () => {
  const rejected = [
    { line: 2, verdict: 'empty', column: null },
    { line: 3, verdict: 'empty', column: null },
    { line: 4, verdict: 'missing-field', column: 0 },
    { line: 5, verdict: 'missing-field', column: 1 },
  ] as const
  const runs = shorten(rejected)
  expect(runs.map(({ from, to }) => [from, to])).toEqual([
    [2, 3],
    [4, 4],
    [5, 5],
  ])
  expect(firstLines(runs, 3)).toEqual(rejected.slice(0, 3))
  expect(countVerdicts(7, rejected)).toMatchObject({ accepted: 7, empty: 2, 'missing-field': 2, expired: 0 })
  const words = { line: 'l', why: 'w', verdict: (verdict: string) => verdict, column: String }
  expect(await rejectedCsv([], new Map(), words)).toBeNull()
})

test.each([
  ['', ''],
  ['0042', '0•••'],
  ['SHORT-CODE', 'S•••'],
  ['TEST-AAAA-0001', 'TE••••01'],
])('masks %j as %j', (value, masked) => {
  expect(maskValue(value)).toBe(masked)
})
