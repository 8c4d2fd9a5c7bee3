import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createCouponAction, switchCouponAction } from '@/app/[locale]/admin/coupons/actions'
import { saveEvidenceAction, submitEvidenceAction } from '@/app/[locale]/admin/disputes/actions'
import { retryEventAction } from '@/app/[locale]/admin/events/actions'
import { payIntoFundAction } from '@/app/[locale]/admin/fund/actions'
import { setMerchantTierAction } from '@/app/[locale]/admin/merchants/actions'
import { refundOrderAction } from '@/app/[locale]/admin/orders/actions'
import { sendBackAction } from '@/app/[locale]/admin/payments/actions'
import { explainLineAction, reconcileAction } from '@/app/[locale]/admin/reconciliation/actions'
import { refundToWalletAction, retryRefundAction, settleRefundByHandAction } from '@/app/[locale]/admin/refunds/actions'
import { EXPORT_NAMES } from '@/app/[locale]/admin/_components/export-names'
import { GET as exportList } from '@/app/api/admin/export/[list]/route'
import { recordDispute } from '@/lib/domain/disputes/record-dispute'
import { protectionFund, providerCost, refundInTransit, walletOf } from '@/lib/domain/ledger'
import { refundOrder } from '@/lib/domain/orders'
import { receiveEvent } from '@/lib/domain/payments'
import { recordUnknownPayment } from '@/lib/domain/suspense'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { DAY_MS, after } from '@/lib/kernel/time'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { balanceOf } from '@/tests/support/books'
import { aCoupon } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import { NOW, aBuyer, aDeliveredOrder, aMerchant, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'

/** Who sends the form, and the provider that is asked. Wrappers, verbs and database are the real ones. */
const desk = vi.hoisted(() => ({ user: null as SessionUser | null, provider: null as unknown }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(desk.user) }))
vi.mock('@/lib/infra/payments', () => ({
  providerNamed: (name: string) => (name === 'sandbox' ? desk.provider : null),
}))
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () => Promise.resolve(Object.assign((key: string) => key, { has: () => true })),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined, refresh: () => undefined }))
vi.mock('next/navigation', () => ({ redirect: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: () => undefined, getPathname: () => '/' }))

type Action = (state: ActionState<never>, form: FormData) => Promise<ActionState<unknown>>

let provider = new PocketProvider()
beforeEach(() => {
  provider = new PocketProvider()
  Object.assign(desk, { user: null, provider })
})

async function aUser(role: Role): Promise<SessionUser> {
  const id = newId()
  const merchantId = role === 'MERCHANT' ? await aMerchant() : null
  const user = { id, email: `${id}@example.com`, displayName: '小周', role, merchantId }
  await db.user.create({ data: { ...user, passwordHash: 'x', createdAt: NOW } })
  return user
}

async function send(action: unknown, form: Readonly<Record<string, string>>): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(form)) data.set(name, value)
  const state = await (action as Action)(IDLE, data)
  return state.status === 'refused' ? state.code : state.status
}

/** What operators are known to have done to something, by whom. */
const doneTo = async (subjectId: string) =>
  (await db.operatorAction.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(
    ({ verb, userId, note }) => ({
      verb,
      userId,
      note,
    }),
  )

async function anUnknownPayment(): Promise<string> {
  const captureRef = randomUUID()
  const capture = { captureRef, amountMinor: 500, currency: 'CNY', capturedAt: NOW }
  await run((tx) => recordUnknownPayment(tx, 'sandbox', capture, NOW))
  return (await db.payment.findFirstOrThrow({ where: { captureRef } })).id
}

/** A leg that the provider gave up, of an order of 10.00; the buyer has a wallet unless he is a guest. */
async function aFailedRefund(guest = false): Promise<{ refundId: string; buyerId: string | null }> {
  const buyer = guest ? null : await aBuyer()
  const order = await aDeliveredOrder(buyer ? { form: buyer } : {})
  const actor = { kind: 'SYSTEM', id: null } as const
  const wanted = { orderId: order.orderId, wanted: { all: true }, reason: 'x' } as const
  const orderRefundId = await run((tx) => refundOrder(tx, wanted, actor, NOW))
  const { id: refundId } = await db.refund.findFirstOrThrow({ where: { orderRefundId } })
  await db.refund.update({ where: { id: refundId }, data: { status: 'FAILED', attempt: 3, dueAt: null } })
  return { refundId, buyerId: buyer?.buyerId ?? null }
}

async function aDeadEvent(): Promise<string> {
  const subject = { kind: 'payment', providerRef: newId(), reference: null } as const
  const event = { ok: true, event: { eventRef: newId(), type: 'payment.captured', subject } } as const
  const { id } = await run((tx) => receiveEvent(tx, 'sandbox', event, '{}', NOW))
  const dead = { verdict: 'DEAD', reason: 'failed', attempts: 8, dueAt: null, handledAt: NOW } as const
  await db.paymentEvent.update({ where: { id }, data: dead })
  return id
}

async function aDispute(): Promise<string> {
  const order = await aDeliveredOrder()
  const { id: paymentId, captureRef } = await db.payment.findFirstOrThrow({ where: { checkoutId: order.checkoutId } })
  const disputeRef = provider.openDispute(captureRef, 1_000)
  const due = { openedAt: NOW, evidenceDueAt: after(new Date(), 7 * DAY_MS) }
  const facts = { disputeRef, captureRef, amountMinor: 1_000, currency: 'CNY', reason: 'fraudulent', ...due }
  await run((tx) => recordDispute(tx, 'sandbox', paymentId, { ...facts, status: 'needs-response' }, NOW))
  return (await db.dispute.findFirstOrThrow({ where: { disputeRef } })).id
}

async function anOpenLine(amountMinor: number): Promise<string> {
  const id = newId()
  const refs = { movementRef: randomUUID(), sourceRef: randomUUID(), kind: 'other', provider: 'sandbox' }
  await db.providerLine.create({
    data: { id, ...refs, amountMinor, feeMinor: 0, currency: 'CNY', at: NOW, seenAt: NOW },
  })
  return id
}

const evidence = { productDescription: 'A', customerEmail: 'b@example.com', serviceDate: '2026-02-03', accessLog: 'L' }

/** Every decision, what it is sent, and the thing that it is about. */
const DECISIONS: Readonly<
  Record<string, () => Promise<{ action: unknown; form: Record<string, string>; on: string }>>
> = {
  'refund-suspense': async () => {
    const on = await anUnknownPayment()
    return { action: sendBackAction, form: { paymentId: on, note: '付款人来电' }, on }
  },
  'retry-refund': async () => {
    const { refundId: on } = await aFailedRefund()
    return { action: retryRefundAction, form: { refundId: on }, on }
  },
  'refund-to-wallet': async () => {
    const { refundId: on } = await aFailedRefund()
    return { action: refundToWalletAction, form: { refundId: on }, on }
  },
  'refund-by-hand': async () => {
    const { refundId: on } = await aFailedRefund(true)
    return { action: settleRefundByHandAction, form: { refundId: on, reference: randomUUID() }, on }
  },
  'retry-event': async () => {
    const on = await aDeadEvent()
    return { action: retryEventAction, form: { eventId: on }, on }
  },
  'fund-protection': async () => {
    const form = { amount: '12.30', reference: randomUUID() }
    return { action: payIntoFundAction, form, on: 'protection-fund' }
  },
  'save-evidence': async () => {
    const on = await aDispute()
    return { action: saveEvidenceAction, form: { disputeId: on, ...evidence, statement: 'S' }, on }
  },
  'submit-evidence': async () => {
    const on = await aDispute()
    return { action: submitEvidenceAction, form: { disputeId: on }, on }
  },
  reconcile: async () => Promise.resolve({ action: reconcileAction, form: { provider: 'sandbox' }, on: 'sandbox' }),
  'explain-line': async () => {
    const on = await anOpenLine(-250)
    return { action: explainLineAction, form: { lineId: on, end: 'provider-cost', explanation: '渠道月费' }, on }
  },
  'set-tier': async () => {
    const on = await aMerchant()
    return { action: setMerchantTierAction, form: { merchantId: on, tier: 'PRIME' }, on }
  },
  'stop-coupon': async () => {
    const { couponId: on } = await aCoupon()
    return { action: switchCouponAction, form: { couponId: on, active: 'no' }, on }
  },
  'refund-order': async () => {
    const { orderId: on } = await aDeliveredOrder()
    const form = { orderId: on, what: 'amount', amount: '2.50', before: '0', reason: '补偿', note: '' }
    return { action: refundOrderAction, form, on }
  },
}

describe.for(Object.entries(DECISIONS))('%s', ([verb, prepare]) => {
  test("is an operator's alone, who stands under it by name", async () => {
    const { action, form, on } = await prepare()
    const before = await doneTo(on)
    for (const [role, answer] of [
      ['BUYER', 'access/not-found'],
      ['MERCHANT', 'access/not-found'],
      ['ARBITRATOR', 'access/not-found'],
    ] as const) {
      desk.user = await aUser(role)
      expect(await send(action, form)).toBe(answer)
    }
    desk.user = null
    expect(await send(action, form)).toBe('auth/required')
    expect(await doneTo(on)).toEqual(before)
    const operator = await aUser('OPERATOR')
    desk.user = operator
    expect(await send(action, form)).toBe('done')
    expect((await doneTo(on)).slice(before.length)).toMatchObject([{ verb, userId: operator.id }])
  })
})

describe('what the decisions do', () => {
  beforeEach(async () => {
    desk.user = await aUser('OPERATOR')
  })

  test('a refund that failed goes to the wallet once, whatever is pressed afterwards', async () => {
    const { refundId, buyerId } = await aFailedRefund()
    const wallet = walletOf(buyerId ?? '', 'CNY')
    expect(await send(refundToWalletAction, { refundId })).toBe('done')
    expect(await send(refundToWalletAction, { refundId })).toBe('refund/not-failed')
    expect(await send(settleRefundByHandAction, { refundId, reference: 'BANK-9' })).toBe('refund/not-failed')
    expect(await balanceOf(wallet)).toBe(1_000)
    expect(await doneTo(refundId)).toHaveLength(1)
  })

  test('a guest has no wallet: the refusal leaves no trace of a decision', async () => {
    const { refundId } = await aFailedRefund(true)
    const before = await balanceOf(refundInTransit('sandbox', 'CNY'))
    expect(await send(refundToWalletAction, { refundId })).toBe('refund/no-wallet')
    expect(await doneTo(refundId)).toEqual([])
    expect(await balanceOf(refundInTransit('sandbox', 'CNY'))).toBe(before)
  })

  test('a bank reference counts once for the fund', async () => {
    const reference = randomUUID()
    const before = await balanceOf(protectionFund('CNY'))
    expect(await send(payIntoFundAction, { amount: '50', reference })).toBe('done')
    expect(await send(payIntoFundAction, { amount: '50', reference })).toBe('merchant/deposit-recorded')
    expect(await send(payIntoFundAction, { amount: '0', reference: randomUUID() })).toBe('input/invalid')
    expect(await balanceOf(protectionFund('CNY'))).toBe(before + 5_000)
  })

  test('a line is booked to the end that was chosen, once', async () => {
    const lineId = await anOpenLine(-250)
    const before = await balanceOf(providerCost('sandbox', 'CNY'))
    const form = { lineId, end: 'provider-cost', explanation: '渠道月费' }
    expect(await send(explainLineAction, form)).toBe('done')
    expect(await send(explainLineAction, form)).toBe('reconciliation/line-settled')
    expect(await balanceOf(providerCost('sandbox', 'CNY'))).toBe(before - 250)
  })

  test('evidence that the provider did not take on yet is locked and said to go on by itself', async () => {
    const disputeId = await aDispute()
    provider.down = true
    expect(await send(submitEvidenceAction, { disputeId })).toBe('dispute/hand-in-later')
    expect(await send(saveEvidenceAction, { disputeId, ...evidence, statement: 'S' })).toBe('dispute/evidence-sent')
    expect(await db.dispute.findUniqueOrThrow({ where: { id: disputeId } })).toMatchObject({ state: 'NEEDS_RESPONSE' })
  })

  test('a coupon of the platform is made once and paid by the platform', async () => {
    const code = `D${randomUUID().slice(0, 8).toUpperCase()}`
    const form = { code, kind: 'PERCENT', percent: '10', most: '5', perBuyerLimit: '1' }
    expect(await send(createCouponAction, form)).toBe('done')
    expect(await send(createCouponAction, form)).toBe('coupon/code-taken')
    const coupon = await db.coupon.findUniqueOrThrow({ where: { code } })
    expect(coupon).toMatchObject({ merchantId: null, percentBps: 1_000, mostMinor: 500, perBuyerLimit: 1 })
    expect(await doneTo(coupon.id)).toMatchObject([{ verb: 'create-coupon', note: code }])
    const { couponId } = await aCoupon({ merchantId: await aMerchant() })
    expect(await send(switchCouponAction, { couponId, active: 'no' })).toBe('access/not-found')
  })

  test('a refund counts with what had gone back when it was looked at', async () => {
    const { orderId } = await aDeliveredOrder()
    const form = { orderId, what: 'amount', amount: '2.50', before: '0', reason: '补偿' }
    expect(await send(refundOrderAction, form)).toBe('done')
    expect(await send(refundOrderAction, form)).toBe('refund/changed')
    expect(await db.order.findUniqueOrThrow({ where: { id: orderId } })).toMatchObject({ refundedMinor: 250 })
    expect(await send(refundOrderAction, { ...form, before: '250', amount: '' })).toBe('input/invalid')
  })
})

describe('exports', () => {
  const asked = async (list: string, query: Readonly<Record<string, string>> = {}) =>
    exportList(new Request(`http://mall.example.com/api/admin/export/${list}?${new URLSearchParams(query)}`), {
      params: Promise.resolve({ list }),
    })

  test('are not there for anybody but operators', async () => {
    for (const role of ['BUYER', 'MERCHANT', 'ARBITRATOR'] as const) {
      desk.user = await aUser(role)
      for (const name of EXPORT_NAMES) expect((await asked(name)).status).toBe(404)
    }
    desk.user = null
    expect((await asked('payments')).status).toBe(404)
  })

  test('every list can be saved, under a dated name; what is none is not there', async () => {
    desk.user = await aUser('OPERATOR')
    const { couponId } = await aCoupon()
    const account = await db.ledgerAccount.findFirstOrThrow()
    for (const name of EXPORT_NAMES) {
      const answer = await asked(name, { account: account.id, coupon: couponId })
      expect(answer.status, name).toBe(200)
      expect(answer.headers.get('content-disposition')).toMatch(
        new RegExp(`filename="keybond-${name}-\\d{4}-\\d{2}-\\d{2}\\.csv"`, 'u'),
      )
      expect((await answer.text()).split('\r\n')[0], name).toContain(',')
    }
    expect((await asked('users')).status).toBe(404)
    expect((await asked('transfers')).status).toBe(404)
    expect((await asked('transfers', { account: newId() })).status).toBe(404)
  })

  test('hold exactly what the page is filtered to', async () => {
    desk.user = await aUser('OPERATOR')
    const id = await anUnknownPayment()
    const { captureRef } = await db.payment.findUniqueOrThrow({ where: { id } })
    const other = await anUnknownPayment()
    const lines = (await (await asked('payments', { q: captureRef })).text()).trimEnd().split('\r\n')
    expect(lines).toHaveLength(2)
    expect(lines[1]).toContain(NOW.toISOString())
    expect(lines[1]).toContain(',5.00,0.00,5.00,CNY,')
    expect(await (await asked('payments', { waiting: 'yes' })).text()).toContain(captureRef)
    await send(sendBackAction, { paymentId: id, note: '退回' })
    const waiting = await (await asked('payments', { waiting: 'yes' })).text()
    expect(waiting).not.toContain(captureRef)
    expect(waiting).toContain((await db.payment.findUniqueOrThrow({ where: { id: other } })).captureRef)
  })
})
