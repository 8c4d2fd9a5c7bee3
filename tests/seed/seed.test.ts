import { describe, expect, test } from 'vitest'
import { merchantReceivable, suspenseOf, walletOf } from '@/lib/domain/ledger'
import { inSnapshot } from '@/lib/infra/snapshot'
import { verifyPassword } from '@/lib/infra/crypto/password'
import { audit } from '@/lib/queries/audit'
import { DEMO_ACCOUNTS, LAST_DEMO_ACCOUNT } from '@/lib/seed/demo-accounts'
import { fillMall, stateOfMall } from '@/lib/seed/fill-mall'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { balanceOf } from '@/tests/support/books'
import { databaseUrl, db } from '@/tests/support/database'
import { aSmallMall } from '@/tests/support/demo-mall'

const NOW = new Date('2026-03-04T05:06:07.000Z')
const mall = aSmallMall(db, databaseUrl, NOW)

class Killed extends Error {}

/** Runs the seed until the given piece of work is done, and there it dies. */
async function fillUntil(what: string, most: number): Promise<void> {
  const dying = fillMall(mall, (doing, done) => {
    if (doing === what && done >= most) throw new Killed()
  })
  await expect(dying).rejects.toThrow(Killed)
}

test('an interrupted seed goes on where it stopped and makes nothing twice', { timeout: 120_000 }, async () => {
  expect(await stateOfMall(db)).toBe('empty')
  await fillUntil('products', 11)
  await fillUntil('products', 30)
  await fillUntil('orders', 7)
  expect(await stateOfMall(db)).toBe('half-filled')
  await fillUntil('orders', 19)
  await fillUntil('tales', 3)
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
  const tools = { vault: mall.vault, logKeys: mall.logKeys, migrations: [], now: NOW }
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
    'AWAITING_DELIVERY',
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
      'deliver-by-hand',
      'fail-delivery',
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

describe('money does everything that it can', () => {
  test('carts of several merchants, coupons, wallets', async () => {
    const several = await db.checkout.findMany({ include: { orders: { distinct: ['merchantId'] } } })
    expect(several.filter(({ orders }) => orders.length > 1).length).toBeGreaterThanOrEqual(3)
    const used = await db.couponUse.findMany({ include: { coupon: true } })
    expect(used.some(({ coupon }) => coupon.code === 'WELCOME')).toBe(true)
    expect(used.some(({ coupon }) => coupon.merchantId !== null)).toBe(true)
    expect(used.some(({ returnedAt }) => returnedAt !== null)).toBe(true)
    const lin = await db.user.findUniqueOrThrow({ where: { email: 'lin@buyers.example' } })
    expect(await balanceOf(walletOf(lin.id, 'CNY'))).toBeGreaterThanOrEqual(20_000)
    expect(await db.checkout.count({ where: { provider: 'wallet' } })).toBeGreaterThanOrEqual(2)
    expect(await db.order.count({ where: { walletMinor: { gt: 0 }, status: 'CONFIRMED' } })).toBeGreaterThan(0)
  })

  test('payments that are no payments: sent back, or waiting for an operator', async () => {
    const uses = await db.payment.groupBy({ by: ['use'] })
    expect(uses.map(({ use }) => use).toSorted()).toEqual(['APPLIED', 'DUPLICATE', 'MISMATCH', 'STRAY', 'UNKNOWN'])
    const unknown = await db.payment.findMany({ where: { use: 'UNKNOWN' } })
    const held = await Promise.all(unknown.map(({ id, currency }) => balanceOf(suspenseOf(id, currency))))
    expect(held).toEqual(unknown.map(({ amountMinor }) => amountMinor))
    const dead = await db.paymentEvent.findMany({ where: { verdict: 'DEAD' } })
    expect(dead).toMatchObject([{ attempts: 8 }])
    expect(dead[0]?.lastError).toContain('503')
  })

  test('refunds in part, per CDK, before and after release, one that failed and one that the fund paid', async () => {
    const decisions = await db.orderRefund.findMany({ include: { units: true, order: true } })
    const inPart = decisions.filter(({ order }) => order.status !== 'REFUNDED')
    expect(inPart.some(({ fromEscrowMinor, units }) => fromEscrowMinor > 0 && units.length > 0)).toBe(true)
    expect(inPart.some(({ fromEscrowMinor, units }) => fromEscrowMinor === 0 && units.length > 0)).toBe(true)
    expect(inPart.some(({ units }) => units.length === 0)).toBe(true)
    expect(await db.refund.findMany({ where: { status: 'FAILED' } })).toMatchObject([{ attempt: 3 }])
    expect(await db.refund.count({ where: { status: { in: ['PENDING', 'SENT'] } } })).toBe(0)
    const byFund = decisions.find(({ fromFundMinor }) => fromFundMinor > 0)
    expect(await balanceOf(merchantReceivable(byFund?.merchantId ?? '', 'CNY'))).toBe(-(byFund?.fromFundMinor ?? 0))
  })

  test('earnings that matured and some that have not, payouts in every state, a schedule', async () => {
    expect(await db.earning.count({ where: { maturedAt: null, pendingMinor: { gt: 0 } } })).toBeGreaterThan(0)
    expect(await db.earning.count({ where: { maturedAt: { not: null } } })).toBeGreaterThan(0)
    expect(
      await db.earning.count({ where: { maturedAt: null, matureAt: { lt: after(NOW, -HOUR_MS) }, heldAt: null } }),
    ).toBe(0)
    const states = await db.payout.groupBy({ by: ['status'] })
    expect(states.map(({ status }) => status).toSorted()).toEqual(['FAILED', 'PAID', 'PENDING'])
    expect(await db.payout.count({ where: { requestedById: null, status: 'PAID' } })).toBeGreaterThan(0)
    expect(await db.merchant.findMany({ where: { payoutSchedule: 'WEEKLY' } })).toMatchObject([{ slug: 'xingqiao' }])
  })

  test('disputes: one open with its evidence staged, one won, one lost', async () => {
    const disputes = await db.dispute.findMany({
      include: { payment: { include: { paysFor: { include: { orders: true } } } } },
    })
    const found = new Map(
      disputes.map(({ state, payment, ...dispute }) => [state, { ...dispute, orders: payment.paysFor?.orders }]),
    )
    expect([...found.keys()].toSorted()).toEqual(['LOST', 'NEEDS_RESPONSE', 'WON'])
    expect(found.get('NEEDS_RESPONSE')).toMatchObject({
      submittedAt: null,
      evidence: { customerEmail: 'zhao@buyers.example' },
      orders: [{ status: 'DELIVERED' }],
    })
    expect(found.get('NEEDS_RESPONSE')?.orders?.[0]?.frozenAt).not.toBeNull()
    expect(found.get('WON')).toMatchObject({ orders: [{ status: 'CONFIRMED', frozenAt: null }] })
    expect(found.get('LOST')).toMatchObject({ orders: [{ status: 'REFUNDED' }] })
  })

  test("the bank's list and the books say the same", async () => {
    expect(await db.reconciliation.findMany()).toMatchObject([{ provider: 'sandbox', open: 0, lastError: null }])
    expect(await db.providerLine.count()).toBe(await db.bankMovement.count())
  })
})

test('nothing has happened in the future, and nobody bought before it was listed', async () => {
  expect(await db.orderEvent.count({ where: { at: { gt: NOW } } })).toBe(0)
  expect(await db.ledgerTransfer.count({ where: { at: { gt: NOW } } })).toBe(0)
  const early = await db.$queryRaw`
    SELECT o.number FROM "order" o JOIN product p ON p.id = o."productId" WHERE o."placedAt" < p."publishedAt"`
  expect(early).toEqual([])
})

test('stock has done everything that it can', async () => {
  const imports = await db.stockImport.findMany({ select: { state: true, counts: true } })
  expect(imports.map(({ state }) => state).toSorted()).toEqual(['CHECKED', 'DONE', 'UPLOADED'])
  expect(imports.find(({ state }) => state === 'DONE')?.counts).toMatchObject({ accepted: 60, 'too-long': 1 })
  expect(await db.fingerprintPair.count({ where: { handledAt: null } })).toBeGreaterThan(0)
  const reviews = await db.stockBatch.groupBy({ by: ['review'], where: { proofs: { some: {} } } })
  expect(reviews.map(({ review }) => review).toSorted()).toEqual(['APPROVED', 'PENDING'])
  expect(await db.stockBatch.count({ where: { frozenAt: { not: null } } })).toBe(1)
  expect(await db.stockExportUnit.count()).toBe(5)
  expect(
    await db.cdk.count({ where: { state: 'AVAILABLE', expiresAt: { lt: after(NOW, 7 * 24 * HOUR_MS) } } }),
  ).not.toBe(0)
  const kinds = await db.variant.groupBy({ by: ['delivery'], where: { orders: { some: {} } } })
  expect(kinds.map(({ delivery }) => delivery).toSorted()).toEqual(['AUTOMATIC', 'MANUAL', 'SHARED'])
  const told = await db.notification.groupBy({ by: ['kind'] })
  expect(told.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['order-delivered', 'order-refunded', 'order-frozen', 'batch-frozen', 'delivery-wanted']),
  )
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
  expect(await verifyPassword(LAST_DEMO_ACCOUNT.password, arbitrator?.passwordHash ?? null)).toBe(true)
})

async function counts() {
  return {
    products: await db.product.count(),
    cdks: await db.cdk.count(),
    orders: await db.order.count(),
    events: await db.orderEvent.count(),
    captures: await db.bankCapture.count(),
    transfers: await db.ledgerTransfer.count(),
    refunds: await db.refund.count(),
    payouts: await db.payout.count(),
    movements: await db.bankMovement.count(),
  }
}

test('complaints ended in every usual way, and some wait for somebody', async () => {
  const cases = await db.complaint.findMany({ select: { state: true, outcome: true } })
  const ends = cases.map(({ state, outcome }) => outcome ?? state).toSorted()
  expect(ends).toEqual(['ACCEPTED', 'ESCALATED', 'ESCALATED', 'ESCALATED', 'OPEN', 'RULED', 'RULED', 'SILENCE'])
  const tariffs = await db.penalty.findMany({ where: { complaintId: { not: null } }, select: { tariff: true } })
  expect(tariffs.map(({ tariff }) => tariff).toSorted()).toEqual(['SILENCE', 'USED_CDK'])
  expect(await db.evidenceFile.count({ where: { state: 'READY', contentType: 'image/png' } })).toBe(6)
})
