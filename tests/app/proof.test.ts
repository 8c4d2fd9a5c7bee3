import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { GET as ofAnyCdk } from '@/app/api/admin/cdks/[id]/proof/route'
import { GET as ofAnyOrder } from '@/app/api/admin/orders/[id]/proof/route'
import { GET as ofOwnCdk } from '@/app/api/merchant/cdks/[id]/proof/route'
import { GET as ofSoldOrder } from '@/app/api/merchant/orders/[id]/proof/route'
import { GET as ofBoughtOrder } from '@/app/api/orders/[number]/proof/route'
import { confirmOrder, refundOrder, revealCdks } from '@/lib/domain/orders'
import { type Report, readBundle, verifyBundle } from '@/lib/domain/provenance'
import { readLogIdentity, sealEvents } from '@/lib/domain/sealing'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import type { SessionUser } from '@/lib/web/session'
import { db } from '@/tests/support/database'
import {
  type AnOrder,
  BUYER,
  NOW,
  aDeliveredOrder,
  aListing,
  aMerchant,
  aPlacedOrder,
  anAwaitedOrder,
  run,
  vault,
} from '@/tests/support/factories'

/** Who asks. Only this is made up: routes, sealer, proofs and database are the real ones. */
const sender = vi.hoisted(() => ({ user: null as SessionUser | null, checkoutIds: [] as readonly string[] }))
const keys = vi.hoisted(() => ({
  name: 'keybond.example/log',
  seed: (version: number) => new Uint8Array(32).fill(version),
}))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve(sender.checkoutIds) }))
vi.mock('@/lib/infra/log-key', () => ({ logKeys: () => keys }))
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async ({ locale }: { locale: 'zh-CN' | 'en' }) => {
    const { messagesOf } = await import('@/messages')
    return (key: 'waitTitle') => messagesOf(locale).provenance.proof[key]
  },
}))
vi.mock('@/i18n/navigation', () => ({
  getPathname: ({ href, locale }: { href: string; locale: string }) => (locale === 'en' ? `/en${href}` : href),
}))

const seal = () => run((tx) => sealEvents(tx, keys, NOW))
const ownKey = async () => (await run((tx) => readLogIdentity(tx, keys))).signer.verifier.vkey

async function aUser(role: Role, merchantId: string | null = null): Promise<SessionUser> {
  const id = newId()
  return Promise.resolve({ id, email: `${id}@example.com`, displayName: 'x', role, merchantId })
}

type Route = (request: Request, context: { params: Promise<{ number: string; id: string }> }) => Promise<Response>

async function ask(route: Route, what: { number?: string; id?: string }, locale = 'en'): Promise<Response> {
  const request = new Request(`http://mall.example.com/?locale=${locale}`)
  return route(request, { params: Promise.resolve({ number: '', id: '', ...what }) })
}

async function verified(answer: Response): Promise<{ text: string; report: Report }> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  const text = await answer.text()
  return { text, report: await verifyBundle(text, [await ownKey()]) }
}

const order = {} as AnOrder & { cdkId: string }
beforeEach(async () => {
  Object.assign(sender, { user: null, checkoutIds: [] })
  Object.assign(order, await aDeliveredOrder())
  await run((tx) => revealCdks(tx, vault, { orderId: order.orderId, consent: true }, BUYER, NOW))
  order.cdkId = (await db.cdk.findFirstOrThrow({ where: { orderId: order.orderId } })).id
})

describe('the proof of an order', () => {
  test('is proved for its buyer with the key that the mall publishes, byte for byte as it is sent', async () => {
    await run((tx) => confirmOrder(tx, order.orderId, BUYER, NOW))
    await seal()
    sender.checkoutIds = [order.checkoutId]
    const answer = await ask(ofBoughtOrder, order)
    expect(answer.headers.get('content-disposition')).toContain(`keybond-proof-${order.number}.json`)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    const { report } = await verified(answer)
    expect(report.verdict).toBe('proved')
    expect(report.bundle?.subject).toEqual({ kind: 'order', id: order.orderId })
    expect(report.bundle?.chains.map((chain) => chain.map(({ event }) => event.type))).toEqual([
      ['imported', 'reserved', 'delivered', 'revealed', 'confirmed'],
    ])
  })

  test('is there for its buyer, its merchant and operators, and for nobody else', async () => {
    await seal()
    const [merchant, operator] = [await aUser('MERCHANT', order.merchantId), await aUser('OPERATOR')]
    const others = [null, await aUser('BUYER'), await aUser('MERCHANT', await aMerchant()), await aUser('ARBITRATOR')]
    const statuses = async () =>
      Promise.all([
        ask(ofBoughtOrder, order),
        ask(ofSoldOrder, { id: order.orderId }),
        ask(ofOwnCdk, { id: order.cdkId }),
        ask(ofAnyOrder, { id: order.orderId }),
        ask(ofAnyCdk, { id: order.cdkId }),
      ]).then((answers) => answers.map(({ status }) => status))
    for (const user of others) {
      sender.user = user
      expect(await statuses()).toEqual([404, 404, 404, 404, 404])
    }
    sender.user = merchant
    expect(await statuses()).toEqual([404, 200, 200, 404, 404])
    sender.user = operator
    expect(await statuses()).toEqual([404, 404, 404, 200, 200])
    Object.assign(sender, { user: null, checkoutIds: [order.checkoutId] })
    expect(await statuses()).toEqual([200, 404, 404, 404, 404])
  })

  test('opens to a buyer no detail of what happened to the CDK in the order of another', async () => {
    const listing = await aListing({ stock: 1 })
    const first = await aDeliveredOrder({ listing })
    const decision = { orderId: first.orderId, wanted: { all: true }, reason: '卡密无效' } as const
    await run((tx) => refundOrder(tx, decision, { kind: 'SYSTEM', id: null }, NOW))
    const second = await aDeliveredOrder({ listing })
    await seal()
    for (const [mine, other] of [
      [first, second],
      [second, first],
    ] as const) {
      sender.checkoutIds = [mine.checkoutId]
      const { text, report } = await verified(await ask(ofBoughtOrder, mine))
      expect(report.verdict).toBe('proved')
      expect(text).not.toContain(other.orderId)
    }
    sender.user = await aUser('MERCHANT', listing.merchantId)
    const { text } = await verified(await ask(ofSoldOrder, { id: second.orderId }))
    expect(text).toContain(first.orderId)
  })

  test('while an event waits for the sealer, and where there is no CDK, leads back to the page with the reason', async () => {
    sender.checkoutIds = [order.checkoutId]
    sender.user = await aUser('MERCHANT', order.merchantId)
    const buyer = await ask(ofBoughtOrder, order)
    expect([buyer.status, buyer.headers.get('location')]).toEqual([303, `/en/orders/${order.number}?proof=wait#proof`])
    const merchant = await ask(ofSoldOrder, { id: order.orderId }, 'zh-CN')
    expect(merchant.headers.get('location')).toBe(`/merchant/orders/${order.orderId}?proof=wait#proof`)
    sender.user = await aUser('OPERATOR')
    const operator = await ask(ofAnyOrder, { id: order.orderId }, 'xx')
    expect(operator.headers.get('location')).toBe(`/admin/orders/${order.orderId}?proof=wait#proof`)
    await seal()
    expect((await ask(ofBoughtOrder, order)).status).toBe(200)
    // Its merchant delivers by hand and has not yet.
    const awaited = await anAwaitedOrder()
    sender.checkoutIds = [awaited.checkoutId]
    const none = await ask(ofBoughtOrder, awaited)
    expect(none.headers.get('location')).toBe(`/en/orders/${awaited.number}?proof=none#proof`)
  })

  test('is put together only so often', async () => {
    await seal()
    const placed = await aPlacedOrder()
    sender.checkoutIds = [order.checkoutId, placed.checkoutId]
    const statuses = []
    for (let asked = 0; asked < 61; asked++) statuses.push((await ask(ofBoughtOrder, order)).status)
    expect([...new Set(statuses)]).toEqual([200, 429])
    expect(statuses.indexOf(429)).toBe(60)
    expect((await ask(ofBoughtOrder, placed)).status).not.toBe(429)
  })
})

describe('the proof of a CDK', () => {
  test('holds its whole life with every detail', async () => {
    await seal()
    sender.user = await aUser('MERCHANT', order.merchantId)
    const { report } = await verified(await ask(ofOwnCdk, { id: order.cdkId.toUpperCase() }))
    expect(report.verdict).toBe('proved')
    expect(report.bundle?.subject).toEqual({ kind: 'cdk', id: order.cdkId })
    expect(report.bundle?.chains.flat().filter(({ opening }) => opening === null)).toEqual([])
  })

  test('has to wait for the sealer: leads back to the stock desk, says so in words where there is no page', async () => {
    sender.user = await aUser('MERCHANT', order.merchantId)
    const back = await ask(ofOwnCdk, { id: order.cdkId })
    expect(back.headers.get('location')).toBe(`/en/merchant/stock/desk/${order.cdkId}?proof=wait#proof`)
    sender.user = await aUser('OPERATOR')
    const answer = await ask(ofAnyCdk, { id: order.cdkId }, 'zh-CN')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([409, 'text/plain; charset=utf-8'])
    expect(await answer.text()).toMatch(/^还没有封存完\n\n/u)
    for (const id of ['', "' OR 1=1", newId()]) expect((await ask(ofAnyCdk, { id })).status).toBe(404)
  })
})

describe('npm run provenance:verify on a file of the mall', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'keybond-mall-proof-'))
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  /** The command where there is neither database nor secret. */
  function verify(text: string, ...args: string[]) {
    const file = path.join(folder, 'bundle.json')
    writeFileSync(file, text)
    const { PATH = '' } = process.env
    const command = ['--import', 'tsx', 'lib/cli/provenance-verify.ts', file, ...args]
    const { status, stdout } = spawnSync(process.execPath, command, {
      env: { PATH, NODE_ENV: 'production' },
      encoding: 'utf8',
    })
    return { status, out: stdout }
  }

  test('proves it, names what it proves and what not, and names the one byte that was turned', async () => {
    await seal()
    sender.checkoutIds = [order.checkoutId]
    const text = await (await ask(ofBoughtOrder, order)).text()
    const sound = verify(text, '--key', await ownKey())
    expect(sound.status).toBe(0)
    expect(sound.out).toContain(`Proof about order ${order.orderId}\nPROVED.`)
    expect(sound.out).toContain('Log: keybond.example/log, ')
    for (const type of ['imported', 'reserved', 'delivered', 'revealed']) expect(sound.out).toContain(` ${type} `)
    for (const name of [
      'format',
      'log-keys',
      'checkpoint',
      'trusted-key',
      'chain',
      'inclusion',
      'commitments',
      'subject',
    ])
      expect(sound.out).toContain(`holds  ${name}: `)
    expect(sound.out).toContain('-      witnesses: ')
    expect(sound.out).toMatch(/What this does not prove\n {2}- that a code worked.*(?:\n {2}- .*){6}\n/u)

    expect(verify(text)).toMatchObject({ status: 2, out: expect.stringContaining('NOT PROVED.') as string })
    const { bundle } = readBundle(text)
    const hash = bundle?.chains[0]?.[2]?.event.hash ?? ''
    const turned = text.replace(`"hash":"${hash}"`, `"hash":"${hash.startsWith('0') ? '1' : '0'}${hash.slice(1)}"`)
    const forged = verify(turned, '--key', await ownKey())
    expect(forged.status).toBe(1)
    expect(forged.out).toContain('chains.0.2.event: the event is not the one that its hash stands for')
    expect(forged.out).toContain('FALSE  chain: ')
  })
})
