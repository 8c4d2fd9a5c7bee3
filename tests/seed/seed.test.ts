import { expect, test } from 'vitest'
import { inSnapshot } from '@/lib/infra/snapshot'
import { verifyPassword } from '@/lib/infra/crypto/password'
import { audit } from '@/lib/queries/audit'
import { DEMO_ACCOUNTS, DEMO_ARBITRATOR } from '@/lib/seed/demo-accounts'
import { fillMall, stateOfMall } from '@/lib/seed/fill-mall'
import { db } from '@/tests/support/database'
import { aSmallMall } from '@/tests/support/demo-mall'

const NOW = new Date('2026-03-04T05:06:07.000Z')
const mall = aSmallMall(db, NOW)

class Killed extends Error {}

/** Runs the seed until the given piece of work is done, and there it dies. */
async function fillUntil(what: string, most: number): Promise<void> {
  const dying = fillMall(mall, (doing, done) => {
    if (doing === what && done >= most) throw new Killed()
  })
  await expect(dying).rejects.toThrow(Killed)
}

test('an interrupted seed goes on where it stopped and makes nothing twice', { timeout: 60_000 }, async () => {
  expect(await stateOfMall(db)).toBe('empty')
  await fillUntil('products', 11)
  await fillUntil('products', 30)
  await fillUntil('orders', 7)
  expect(await stateOfMall(db)).toBe('half-filled')
  await fillUntil('orders', 19)
  await fillMall(mall, () => undefined)
  expect(await stateOfMall(db)).toBe('not-empty')
  const titles = await db.product.findMany({ select: { titleZh: true } })
  expect(new Set(titles.map(({ titleZh }) => titleZh)).size).toBe(titles.length)
  const before = await counts()
  await fillMall(mall, () => undefined)
  expect(await counts()).toEqual(before)
})

test('the books of the mall and of its bank are sound', async () => {
  const complaints: string[] = []
  const tools = { vault: mall.vault, migrations: [], now: NOW }
  await inSnapshot(db, (tx) =>
    audit(tx, tools, ({ verdict, invariant }) => {
      if (verdict !== 'ok') complaints.push(invariant.name)
    }),
  )
  expect(complaints).toEqual(['installation/migrations'])
})

test('there are orders in every state, and everything that can go wrong with a payment went wrong and right again', async () => {
  const orders = await db.order.groupBy({ by: ['status'], _count: true })
  expect(orders.map(({ status }) => status).toSorted()).toEqual([
    'AWAITING_PAYMENT',
    'CANCELLED',
    'CONFIRMED',
    'DELIVERED',
    'EXPIRED',
    'REFUNDED',
  ])
  const events = await db.orderEvent.groupBy({ by: ['type'] })
  const types = events.map(({ type }) => type)
  expect(types).toEqual(
    expect.arrayContaining([
      'reveal',
      'confirm',
      'auto-confirm',
      'deliver-late',
      'late-payment',
      'duplicate-payment',
      'cancel',
    ]),
  )
  const delivered = { status: 'DELIVERED' as const }
  expect(await db.order.count({ where: { ...delivered, firstRevealedAt: null } })).toBeGreaterThan(0)
  expect(await db.order.count({ where: { ...delivered, firstRevealedAt: { not: null } } })).toBeGreaterThan(0)
  const heard = await db.paymentEvent.groupBy({ by: ['verdict'], _count: true })
  expect(heard.find(({ verdict }) => verdict === 'APPLIED')?._count).toBeGreaterThan(10)
  expect(await db.bankCallback.count({ where: { sentAt: null } })).toBe(0)
})

test('nothing has happened in the future, and nobody bought before it was listed', async () => {
  expect(await db.orderEvent.count({ where: { at: { gt: NOW } } })).toBe(0)
  expect(await db.ledgerTransfer.count({ where: { at: { gt: NOW } } })).toBe(0)
  const early = await db.$queryRaw`
    SELECT o.number FROM "order" o JOIN product p ON p.id = o."productId" WHERE o."placedAt" < p."publishedAt"`
  expect(early).toEqual([])
})

test('what is nearly gone, gone, not yet listed and no more listed can be seen', async () => {
  const left = await db.$queryRaw<{ left: number }[]>`
    SELECT count(c.id)::int AS left FROM variant v JOIN product p ON p.id = v."productId" AND p.status = 'PUBLISHED'
    LEFT JOIN cdk c ON c."variantId" = v.id AND c.state = 'AVAILABLE' GROUP BY v.id ORDER BY 1`
  expect(left[0]?.left).toBe(0)
  expect(left.some(({ left: few }) => few > 0 && few < 10)).toBe(true)
  const statuses = await db.product.groupBy({ by: ['status'] })
  expect(statuses.map(({ status }) => status).toSorted()).toEqual(['DRAFT', 'PUBLISHED', 'UNLISTED'])
})

test('every demo account is there with its password', async () => {
  const users = await db.user.findMany({ select: { email: true, role: true, passwordHash: true } })
  expect(users.map(({ email }) => email).toSorted()).toEqual(DEMO_ACCOUNTS.map(({ email }) => email).toSorted())
  const arbitrator = users.find(({ role }) => role === 'ARBITRATOR')
  expect(await verifyPassword(DEMO_ARBITRATOR.password, arbitrator?.passwordHash ?? null)).toBe(true)
})

async function counts() {
  return {
    products: await db.product.count(),
    cdks: await db.cdk.count(),
    orders: await db.order.count(),
    events: await db.orderEvent.count(),
    captures: await db.bankCapture.count(),
  }
}
