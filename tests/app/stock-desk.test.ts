import { beforeEach, describe, expect, test, vi } from 'vitest'
import { changeStockAction, searchStockAction } from '@/app/[locale]/merchant/stock/desk/actions'
import { saveProductAction } from '@/app/[locale]/merchant/products/actions'
import { POST } from '@/app/api/merchant/stock/export/route'
import { importUnits } from '@/lib/domain/stock'
import { hashPassword } from '@/lib/infra/crypto/password'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import type { ActionState } from '@/lib/web/action-state'
import { IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { stockOf } from '@/tests/support/books'
import { db } from '@/tests/support/database'
import { type Listing, NOW, aListing, aMerchant, aPlacedOrder, addStock, run, vault } from '@/tests/support/factories'

/** Who sends the form. Only this is made up: actions, route, verbs and database are the real ones. */
const sender = vi.hoisted(() => ({ user: null as SessionUser | null }))
const went = vi.hoisted(() => ({ to: [] as unknown[] }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve([]) }))
vi.mock('@/lib/web/client-ip', () => ({ clientIp: async () => Promise.resolve('192.0.2.1') }))
vi.mock('@/lib/infra/vault', async () => {
  const { vault } = await import('@/tests/support/factories')
  return { cdkVault: () => vault }
})
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () => Promise.resolve((key: string, of?: object) => `${key} ${JSON.stringify(of ?? '')}`),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('@/i18n/navigation', () => ({
  redirect: (to: unknown) => went.to.push(to),
  getPathname: ({ href }: { href: string }) => href,
}))

const PASSWORD = 'correct horse battery'

async function aUser(merchantId: string | null): Promise<SessionUser> {
  const id = newId()
  const role = merchantId === null ? 'BUYER' : 'MERCHANT'
  const user = { id, email: `${id}@example.com`, displayName: 'x', role, merchantId } as const
  await db.user.create({ data: { ...user, passwordHash: await hashPassword(PASSWORD), createdAt: NOW } })
  return user
}

type Fields = Readonly<Record<string, string | readonly string[]>>

function formOf(fields: Fields): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const each of [value].flat()) form.append(name, each)
  return form
}

const search = async (secret: string) => searchStockAction(IDLE, formOf({ secret }))
const change = async (fields: Fields) => changeStockAction(IDLE, formOf(fields))
const send = async (fields: Fields) =>
  POST(
    new Request('http://mall.example.com/api/merchant/stock/export?locale=en', {
      method: 'POST',
      body: formOf(fields),
    }),
  )
const refused = (state: ActionState<unknown>) => (state.status === 'refused' ? state.code : state.status)

let listing: Listing
let codes: string[] = []
let ids: string[] = []

beforeEach(async () => {
  listing = await aListing({ stock: 0 })
  codes = await addStock(listing, 3)
  const cdks = await db.cdk.findMany({ where: { variantId: listing.variantId }, orderBy: { id: 'asc' } })
  ids = cdks.map(({ id }) => id)
  sender.user = await aUser(listing.merchantId)
  went.to.length = 0
})

test('an export form without end is not read to its end', async () => {
  const answer = await send({ password: 'x'.repeat(70_000) })
  expect(answer.status).toBe(413)
})

describe('looking for a code', () => {
  test('leads to its CDK, whatever surrounds it', async () => {
    const [code = ''] = codes
    await search(`  ${code}----1234 `)
    const cdk = await db.cdk.findFirstOrThrow({ where: { fingerprint: vault.fingerprint(code) } })
    expect(went.to).toEqual([{ href: `/merchant/stock/desk/${cdk.id}`, locale: 'en' }])
  })

  test('finds every seat of a shared one', async () => {
    const of = { merchantId: listing.merchantId, variantId: listing.variantId, uploadedById: newId(), fileName: null }
    const units = [1, 2].map((seat) => ({
      line: seat,
      secret: 'LOOP-1',
      fingerprint: vault.fingerprint('LOOP-1', seat),
    }))
    const leftOut = { empty: 0, faulty: 0 }
    const { batchId } = await run((tx) => importUnits(tx, vault, { ...of, units, leftOut, allOrNothing: false }, NOW))
    if (batchId === null) throw new Error('nothing was imported')
    await db.stockBatch.update({ where: { id: batchId }, data: { seats: 2 } })
    expect(await search('loop-1')).toMatchObject({ data: { found: [{ state: 'AVAILABLE' }, {}] } })
  })

  test('finds nothing of another merchant, and echoes no code', async () => {
    sender.user = await aUser(await aMerchant())
    expect(await search(codes[0] ?? '')).toEqual({ status: 'done', data: { found: [] } })
    expect(went.to).toEqual([])
    expect(JSON.stringify(await search('x'.repeat(3_000)))).not.toContain('xxx')
  })
})

describe('changing what is chosen', () => {
  test('retires those ticked, and restores all that the filter finds', async () => {
    const [one = '', two = ''] = ids
    expect(await change({ act: 'retire', id: [one, two] })).toMatchObject({ data: { count: 2, more: false } })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 1, RETIRED: 2 })
    const all = { act: 'restore', scope: 'all', variant: listing.variantId, state: 'RETIRED', note: '' }
    expect(await change(all)).toMatchObject({ data: { count: 2 } })
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
  })

  test('asks for a choice, and never takes a filter that it cannot read for none', async () => {
    expect(refused(await change({ act: 'retire' }))).toBe('stock/nothing-chosen')
    expect(refused(await change({ act: 'retire', scope: 'all', batch: 'not an id' }))).toBe('input/invalid')
    expect(refused(await change({ act: 'retire', scope: 'all', state: 'SOLD' }))).toBe('input/invalid')
    expect(refused(await change({ act: 'move', id: ids }))).toBe('stock/not-movable')
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
  })

  test('knows no CDK of another merchant', async () => {
    sender.user = await aUser(await aMerchant())
    expect(refused(await change({ act: 'retire', id: ids }))).toBe('stock/not-available')
    expect(refused(await change({ act: 'retire', scope: 'all', variant: listing.variantId }))).toBe(
      'stock/not-available',
    )
    expect(refused(await change({ act: 'move', id: ids, to: listing.variantId }))).toBe('access/not-found')
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
  })
})

describe('the product form', () => {
  const save = async (changes: Fields) => {
    const { categoryId } = await db.product.findUniqueOrThrow({ where: { id: listing.productId } })
    const texts = {
      titleZh: '点卡',
      descriptionZh: '说明',
      guideZh: '教程',
      downloadUrl: '',
      'attribute-region': '全球',
    }
    const row = { 'v0-id': listing.variantId, 'v0-nameZh': '一档', 'v0-price': '1', 'v0-max': '10', 'v0-active': 'on' }
    return saveProductAction(IDLE, formOf({ id: listing.productId, categoryId, ...texts, ...row, ...changes }))
  }
  const variant = async () => db.variant.findUniqueOrThrow({ where: { id: listing.variantId } })

  test('sets the mark of low stock and the promise, which moves the CDKs; empty takes them back, absent leaves them', async () => {
    const expiresAt = after(NOW, 20 * DAY_MS)
    await db.cdk.updateMany({ where: { id: ids[0] ?? '' }, data: { expiresAt, sellBy: expiresAt } })
    await save({ 'v0-low': '25', 'v0-validity': '7' })
    expect(await variant()).toMatchObject({ lowStockAt: 25, validityDays: 7 })
    const sellBy = async () => (await db.cdk.findUniqueOrThrow({ where: { id: ids[0] ?? '' } })).sellBy
    expect(await sellBy()).toEqual(after(NOW, 13 * DAY_MS))
    await save({})
    expect(await variant()).toMatchObject({ lowStockAt: 25, validityDays: 7 })
    await save({ 'v0-low': '', 'v0-validity': ' ' })
    expect(await variant()).toMatchObject({ lowStockAt: null, validityDays: null })
    expect(await sellBy()).toEqual(expiresAt)
    expect(await save({ 'v0-low': '0' })).toMatchObject({
      code: 'input/invalid',
      fields: { 'v0-low': expect.any(String) as string },
    })
  })

  test('makes a new variant with its promise', async () => {
    await save({ 'v1-nameZh': '二档', 'v1-price': '2', 'v1-max': '5', 'v1-validity': '30', 'v1-low': '3' })
    const made = await db.variant.findFirstOrThrow({ where: { productId: listing.productId, nameZh: '二档' } })
    expect(made).toMatchObject({ validityDays: 30, lowStockAt: 3 })
  })
})

describe('an export', () => {
  test('sends the codes to the letter, marked, with the export in name and header, and can be had again', async () => {
    await aPlacedOrder({ listing })
    const tricky = '=1+"2",3'
    const of = { merchantId: listing.merchantId, variantId: listing.variantId, uploadedById: newId(), fileName: null }
    const unit = { line: 1, secret: tricky, fingerprint: vault.fingerprint(tricky), note: '=danger' }
    const leftOut = { empty: 0, faulty: 0 }
    await run((tx) => importUnits(tx, vault, { ...of, units: [unit], leftOut, allOrNothing: false }, NOW))
    const answer = await send({ password: PASSWORD, scope: 'all', variant: listing.variantId })
    expect(answer.status).toBe(200)
    const text = await answer.text()
    const made = await db.stockExport.findFirstOrThrow({ where: { merchantId: listing.merchantId } })
    expect(answer.headers.get('content-disposition')).toContain(`keybond-export-${made.id}.csv`)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    const [header = '', ...lines] = text.trim().split('\r\n')
    expect(header).toContain(made.id)
    expect(lines).toHaveLength(3)
    const units = await db.stockExportUnit.findMany({ where: { exportId: made.id } })
    for (const { mark } of units) expect(text).toContain(mark)
    const held = await db.cdk.findFirstOrThrow({ where: { variantId: listing.variantId, state: 'RESERVED' } })
    expect(units.map(({ cdkId }) => cdkId)).not.toContain(held.id)
    expect(text).toContain('"=1+""2"",3"')
    expect(text).toContain("'=danger")
    const again = await send({ password: PASSWORD, exportId: made.id })
    expect(await again.text()).toBe(text)
    expect(await db.stockExport.count({ where: { merchantId: listing.merchantId } })).toBe(1)
  })

  test.each([
    ['a wrong password', { password: 'wrong' }, 'auth/wrong-credentials'],
    ['nothing chosen', { password: PASSWORD }, 'stock/nothing-chosen'],
    ['a filter that cannot be read', { password: PASSWORD, scope: 'all', batch: 'x' }, 'input/invalid'],
    ["another's export", { password: PASSWORD, exportId: newId() }, 'access/not-found'],
  ])('is refused for %s, and the desk says why', async (_, fields, code) => {
    const answer = await send(fields)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toContain(encodeURIComponent(code))
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
  })

  test('is not there for buyers and nobody, and holds nothing of another merchant', async () => {
    const fields = { password: PASSWORD, id: ids }
    for (const user of [null, await aUser(null)]) {
      sender.user = user
      expect((await send(fields)).status).toBe(404)
    }
    sender.user = await aUser(await aMerchant())
    expect((await send(fields)).headers.get('location')).toContain(encodeURIComponent('stock/not-available'))
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
  })

  test('whose connection breaks leaves what was not taken in stock, and the rest can be had again', async () => {
    const answer = await send({ password: PASSWORD, id: ids })
    await answer.body?.cancel()
    const made = await db.stockExport.findFirst({ where: { merchantId: listing.merchantId } })
    const left = await stockOf(listing.variantId)
    expect((left.AVAILABLE ?? 0) + (left.RETIRED ?? 0)).toBe(3)
    expect(await db.stockExportUnit.count({ where: { exportId: made?.id ?? '' } })).toBe(left.RETIRED ?? 0)
  })

  test('is counted: guessing the password ends', async () => {
    for (let tries = 0; tries < 10; tries++) await send({ password: 'wrong', id: ids })
    const answer = await send({ password: PASSWORD, id: ids })
    expect(answer.headers.get('location')).toContain(encodeURIComponent('auth/rate-limited'))
    expect(await stockOf(listing.variantId)).toEqual({ AVAILABLE: 3 })
  })
})
