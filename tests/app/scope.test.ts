import { globSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import {
  cancelAction,
  confirmAction,
  payAction,
  revealAction,
} from '@/app/[locale]/(storefront)/orders/[number]/actions'
import { saveCategoryAction } from '@/app/[locale]/admin/categories/actions'
import {
  openMerchantAction,
  recordDepositAction,
  setMerchantStatusAction,
} from '@/app/[locale]/admin/merchants/actions'
import { refundOrderAction as refundAsOperator } from '@/app/[locale]/admin/orders/actions'
import { createCouponAction, setCouponActiveAction } from '@/app/[locale]/merchant/coupons/actions'
import {
  declineOrderAction,
  deliverOrderAction,
  refundOrderAction as refundAsMerchant,
} from '@/app/[locale]/merchant/orders/actions'
import {
  openPayoutAccountAction,
  requestPayoutAction,
  setPayoutScheduleAction,
} from '@/app/[locale]/merchant/payouts/actions'
import { publishProductAction, saveProductAction, unlistProductAction } from '@/app/[locale]/merchant/products/actions'
import { retireBatchAction, uploadStockAction } from '@/app/[locale]/merchant/stock/actions'
import {
  cancelImportAction,
  chooseImportAction,
  rereadImportAction,
  startImportAction,
} from '@/app/[locale]/merchant/stock/imports/actions'
import { readMerchantNotificationsAction } from '@/app/[locale]/_notifications/actions'
import { changeStockAction, searchStockAction } from '@/app/[locale]/merchant/stock/desk/actions'
import { GET as exportOrders } from '@/app/api/merchant/orders/route'
import { GET as statement } from '@/app/api/merchant/statements/[month]/route'
import { POST as download } from '@/app/api/orders/[number]/download/route'
import { GET as follow } from '@/app/api/orders/[number]/events/route'
import { GET as receipt } from '@/app/api/orders/[number]/receipt/route'
import { GET as snapshot } from '@/app/api/orders/[number]/snapshot/route'
import { openImport } from '@/lib/domain/stock-imports'
import { newFileKey } from '@/lib/infra/files'
import type { Role } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import type { ActionState } from '@/lib/web/action-state'
import { IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { db } from '@/tests/support/database'
import { aCoupon } from '@/tests/support/coupons'
import { tools } from '@/tests/support/imports'
import {
  NOW,
  aConfirmedOrder,
  aDeliveredOrder,
  aListing,
  aManualListing,
  aMerchant,
  aPlacedOrder,
  anAwaitedOrder,
  run,
  vault,
} from '@/tests/support/factories'

/** Who sends the form. Only this is made up: wrappers, verbs and database are the real ones. */
const sender = vi.hoisted(() => ({ user: null as SessionUser | null, checkoutIds: [] as readonly string[] }))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({ guestCheckoutIds: async () => Promise.resolve(sender.checkoutIds) }))
vi.mock('@/lib/web/own-address', () => ({ ownAddress: async () => Promise.resolve('http://mall.example.com/') }))
vi.mock('@/lib/infra/vault', async () => {
  const { vault } = await import('@/tests/support/factories')
  return { cdkVault: () => vault }
})
vi.mock('@/lib/infra/files', async (original) => ({
  ...(await original<object>()),
  fileStore: () => tools.files,
}))
vi.mock('next-intl/server', () => ({
  getLocale: async () => Promise.resolve('en'),
  getTranslations: async () => Promise.resolve((key: string) => key),
}))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined, refresh: () => undefined }))
vi.mock('next/navigation', () => ({ redirect: () => undefined }))
vi.mock('@/i18n/navigation', () => ({ redirect: () => undefined, getPathname: () => '/' }))

type Action = (state: ActionState<never>, form: FormData) => Promise<ActionState<unknown>>
interface Case {
  readonly name: string
  readonly action: unknown
  readonly form: () => Record<string, string>
}

/** What belongs to the one whose things these are. */
const own = {
  merchantId: '',
  categoryId: '',
  productId: '',
  variantId: '',
  batchId: '',
  orderId: '',
  number: '',
  couponId: '',
  importId: '',
  waitingId: '',
  checkedId: '',
  awaitedId: '',
}
const unpaid = { number: '', checkoutId: '' }
const delivered = { checkoutId: '' }

beforeEach(async () => {
  const listing = await aListing()
  const order = await aDeliveredOrder({ listing })
  const waiting = await aPlacedOrder({ listing })
  const product = await db.product.findUniqueOrThrow({ where: { id: listing.productId } })
  const batch = await db.stockBatch.findFirstOrThrow({ where: { variantId: listing.variantId } })
  const { orderId, number } = order
  const { couponId } = await aCoupon({ merchantId: listing.merchantId })
  Object.assign(own, { ...listing, categoryId: product.categoryId, batchId: batch.id, orderId, number, couponId })
  const [importId, waitingId, checkedId] = [await anImport(), await anImport(), await anImport()]
  await db.stockImport.update({ where: { id: checkedId }, data: { state: 'CHECKED' } })
  Object.assign(own, { importId, waitingId, checkedId })
  const awaited = await anAwaitedOrder({
    listing: await aManualListing(4, { merchantId: listing.merchantId }),
    now: new Date(),
  })
  Object.assign(own, { awaitedId: awaited.orderId })
  Object.assign(unpaid, { number: waiting.number, checkoutId: waiting.checkoutId })
  Object.assign(delivered, { checkoutId: order.checkoutId })
})

/** An upload of the one whose things these are, which waits for what he decides. */
async function anImport(): Promise<string> {
  const { merchantId, variantId } = own
  const { wrappedKey, masterKeyVersion } = vault.newBatchKey()
  const of = {
    merchantId,
    variantId,
    uploadedById: newId(),
    fileName: null,
    byteCount: 4,
    wrappedKey,
    masterKeyVersion,
  }
  return run((tx) => openImport(tx, { ...of, fileKey: newFileKey('imports') }, NOW))
}

const shownImport = {
  choices: {
    shape: { format: 'lines', encoding: 'utf-8', separator: null, header: false },
    mapping: { columns: [{ field: 'code', label: null, optional: false }] },
  },
  names: [null],
  mapped: false,
  certain: true,
}

const product = () => ({
  categoryId: own.categoryId,
  titleZh: '改了名',
  descriptionZh: '说明',
  guideZh: '教程',
  downloadUrl: '',
  'attribute-region': '全球',
  'v0-nameZh': '一档',
  'v0-price': '1',
  'v0-max': '10',
})

const MERCHANT: readonly Case[] = [
  {
    name: 'saveProductAction',
    action: saveProductAction,
    form: () => ({ ...product(), id: own.productId, intent: 'save' }),
  },
  { name: 'publishProductAction', action: publishProductAction, form: () => ({ productId: own.productId }) },
  { name: 'unlistProductAction', action: unlistProductAction, form: () => ({ productId: own.productId }) },
  {
    name: 'uploadStockAction',
    action: uploadStockAction,
    form: () => ({ variantId: own.variantId, text: 'FOREIGN-1' }),
  },
  {
    name: 'chooseImportAction',
    action: chooseImportAction,
    form: () => ({ importId: own.importId, intent: 'check', shown: JSON.stringify(shownImport) }),
  },
  { name: 'rereadImportAction', action: rereadImportAction, form: () => ({ importId: own.waitingId }) },
  { name: 'startImportAction', action: startImportAction, form: () => ({ importId: own.checkedId }) },
  { name: 'cancelImportAction', action: cancelImportAction, form: () => ({ importId: own.importId }) },
  { name: 'retireBatchAction', action: retireBatchAction, form: () => ({ batchId: own.batchId }) },
  {
    name: 'refundOrderAction',
    action: refundAsMerchant,
    form: () => ({ orderId: own.orderId, what: 'all', before: '0', reason: '不是我的' }),
  },
  {
    name: 'deliverOrderAction',
    action: deliverOrderAction,
    form: () => ({ orderId: own.awaitedId, codes: `FOREIGN-${own.awaitedId}` }),
  },
  { name: 'declineOrderAction', action: declineOrderAction, form: () => ({ orderId: own.awaitedId }) },
  {
    name: 'setCouponActiveAction',
    action: setCouponActiveAction,
    form: () => ({ couponId: own.couponId, active: 'no' }),
  },
]

/** What a merchant does at his own desk: these name nothing of anybody's, so they are tried on somebody who has nothing. */
const DESK: readonly Case[] = [
  {
    name: 'createCouponAction',
    action: createCouponAction,
    form: () => ({ code: 'SPRING-10', kind: 'PERCENT', percent: '10' }),
  },
  {
    name: 'readMerchantNotificationsAction',
    action: readMerchantNotificationsAction,
    form: () => ({ until: NOW.toISOString() }),
  },
  // What they name of another's is not found: tests/app/stock-desk.test.ts.
  { name: 'searchStockAction', action: searchStockAction, form: () => ({ secret: 'KB-0' }) },
  {
    name: 'changeStockAction',
    action: changeStockAction,
    form: () => ({ act: 'retire', scope: 'all', variant: own.variantId }),
  },
  { name: 'openPayoutAccountAction', action: openPayoutAccountAction, form: () => ({}) },
  {
    name: 'requestPayoutAction',
    action: requestPayoutAction,
    form: () => ({ what: 'amount', key: newId(), amount: '1' }),
  },
  { name: 'setPayoutScheduleAction', action: setPayoutScheduleAction, form: () => ({ schedule: 'DAILY' }) },
]

const category = { slug: 'stolen', nameZh: '类别', nameEn: 'Category', glyph: 'key', position: '1' }
const shop = { slug: 'stolen', name: '商家', legalName: '商家科技', legalNumber: '91350100M000100Y43', fee: '5' }
const people = {
  contactEmail: 'a@example.com',
  ownerEmail: 'o@example.com',
  ownerName: '店主',
  ownerPassword: 'long enough',
}
const OPERATOR: readonly Case[] = [
  { name: 'saveCategoryAction', action: saveCategoryAction, form: () => category },
  { name: 'openMerchantAction', action: openMerchantAction, form: () => ({ ...shop, ...people }) },
  {
    name: 'setMerchantStatusAction',
    action: setMerchantStatusAction,
    form: () => ({ merchantId: own.merchantId, status: 'SUSPENDED' }),
  },
  {
    name: 'recordDepositAction',
    action: recordDepositAction,
    form: () => ({ merchantId: own.merchantId, reference: 'BANK-1', amount: '100' }),
  },
  {
    name: 'refundOrderAction',
    action: refundAsOperator,
    form: () => ({ orderId: own.orderId, what: 'all', before: '0', reason: '不是我的' }),
  },
]

const BUYER: readonly Case[] = [
  { name: 'payAction', action: payAction, form: () => ({ number: unpaid.number }) },
  { name: 'cancelAction', action: cancelAction, form: () => ({ number: unpaid.number }) },
  { name: 'confirmAction', action: confirmAction, form: () => ({ number: own.number }) },
  { name: 'revealAction', action: revealAction, form: () => ({ number: own.number, consent: 'yes' }) },
]

/** Anybody may call these: they make something new for whoever sends them, or end the sender's own session. */
const ANYBODY = [
  'placeCheckoutAction',
  'lookUpAction',
  'signInAction',
  'signUpAction',
  'signOutAction',
  // Their own cart and their own wallet: tests/app/checkout.test.ts.
  'addToCartAction',
  'changeCartAction',
  'topUpAction',
  // Their own read marks: tests/app/notifications.test.ts.
  'readNotificationsAction',
  'payTopUpAction',
]

/** Operators' decisions about money: tests/app/money-desk.test.ts. */
const MONEY_DESK = [
  'setMerchantTierAction',
  'sendBackAction',
  'retryRefundAction',
  'refundToWalletAction',
  'settleRefundByHandAction',
  'retryEventAction',
  'payIntoFundAction',
  'saveEvidenceAction',
  'submitEvidenceAction',
  'reconcileAction',
  'explainLineAction',
  'createCouponAction',
  'switchCouponAction',
]

/** Batches, their proofs and pairs of equal codes: tests/app/batches.test.ts. */
const BATCH_DESK = [
  'describeBatchAction',
  'addProofAction',
  'addImportProofAction',
  'reviewBatchAction',
  'freezeBatchAction',
  'unfreezeBatchAction',
  'handlePairAction',
]

/** A buyer's complaints: tests/app/buyer-complaints.test.ts. */
const BUYER_CASES = [
  'keepAnswerAction',
  'openComplaintAction',
  'sayAction',
  'answerAction',
  'takeOfferAction',
  'declineOfferAction',
  'escalateAction',
  'withdrawAction',
  'reopenAction',
  'appealAction',
  'hideAction',
]

/** A merchant's complaints and prepared answers: tests/app/merchant-complaints.test.ts. */
const COMPLAINT_DESK = [
  'acceptComplaintAction',
  'offerRemedyAction',
  'contestComplaintAction',
  'askBuyerAction',
  'escalateAsMerchantAction',
  'appealAsMerchantAction',
  'sayAsMerchantAction',
  'hideAsMerchantAction',
  'saveCannedAnswerAction',
  'deleteCannedAnswerAction',
]

/** Arbitrators' rulings, and what operators decide of cases, limits and arbitrators: tests/app/arbitration.test.ts. */
const ARBITRATION_DESK = [
  'ruleComplaintAction',
  'ruleAppealAction',
  'signRulingAction',
  'sendRulingBackAction',
  'askBuyerAction',
  'sayAsArbitratorAction',
  'hideAsArbitratorAction',
  'reassignCaseAction',
  'confirmLimitAction',
  'liftLimitAction',
  'openArbitratorAction',
  'restArbitratorAction',
  'setEmployerAction',
]

async function aUser(role: Role, merchantId: string | null = null): Promise<SessionUser> {
  const id = newId()
  const user = { id, email: `${id}@example.com`, displayName: 'x', role, merchantId }
  await db.user.create({ data: { ...user, passwordHash: 'x', createdAt: NOW } })
  return user
}

/** Sends the form and says what was refused. */
async function refusalOf({ action, form }: Case): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(form())) data.set(name, value)
  const state = await (action as Action)(IDLE, data)
  return state.status === 'refused' ? state.code : state.status
}

/** Everything that these actions could change. */
async function world(): Promise<unknown> {
  const [products, cdks, orders, merchants, refunds, payments] = [
    await db.product.findMany({ orderBy: { id: 'asc' }, include: { variants: true } }),
    await db.cdk.findMany({ orderBy: { id: 'asc' }, select: { id: true, state: true, revealedAt: true } }),
    await db.order.findMany({ orderBy: { id: 'asc' }, select: { id: true, status: true, firstRevealedAt: true } }),
    await db.merchant.findMany({ orderBy: { id: 'asc' }, select: { id: true, status: true } }),
    await db.refund.count(),
    await db.bankPayment.count(),
  ]
  const [categories, transfers, users, imports] = [
    await db.category.count(),
    await db.ledgerTransfer.count(),
    await db.user.count(),
    await db.stockImport.findMany({ orderBy: { id: 'asc' }, select: { id: true, state: true } }),
  ]
  return { products, cdks, orders, merchants, refunds, payments, categories, transfers, users, imports }
}

/** Who tries, what it is answered, and whether anything is different afterwards. */
async function attempt(one: Case, user: SessionUser | null): Promise<{ code: string; changed: boolean }> {
  sender.user = user
  const before = JSON.stringify(await world())
  const code = await refusalOf(one)
  return { code, changed: JSON.stringify(await world()) !== before }
}

const NOT_THERE = { code: 'access/not-found', changed: false }
const SIGN_IN = { code: 'auth/required', changed: false }

beforeEach(() => {
  Object.assign(sender, { user: null, checkoutIds: [] })
})

describe.for(MERCHANT)('merchant: $name', (one) => {
  test("leaves another merchant's things alone and answers like a thing that is not there", async () => {
    expect(await attempt(one, await aUser('MERCHANT', await aMerchant()))).toEqual(NOT_THERE)
  })

  test('is not there for buyers, operators and nobody', async () => {
    expect(await attempt(one, await aUser('BUYER'))).toEqual(NOT_THERE)
    expect(await attempt(one, await aUser('OPERATOR'))).toEqual(NOT_THERE)
    expect(await attempt(one, null)).toEqual(SIGN_IN)
  })

  test('works for its own merchant', async () => {
    sender.user = await aUser('MERCHANT', own.merchantId)
    const code = await refusalOf(one)
    // What is on sale already cannot be put there: the verb's own no, so the door was open.
    expect(code === 'done' || code.startsWith('catalog/')).toBe(true)
  })
})

describe.for(DESK)("merchant's own desk: $name", (one) => {
  test('is not there for buyers, operators and nobody', async () => {
    expect(await attempt(one, await aUser('BUYER'))).toEqual(NOT_THERE)
    expect(await attempt(one, await aUser('OPERATOR'))).toEqual(NOT_THERE)
    expect(await attempt(one, null)).toEqual(SIGN_IN)
  })

  test("changes nothing of another merchant's", async () => {
    const before = await deskOf(own.merchantId)
    sender.user = await aUser('MERCHANT', await aMerchant())
    await refusalOf(one)
    expect(await deskOf(own.merchantId)).toEqual(before)
  })
})

/** What stands on a merchant's own desk. */
async function deskOf(merchantId: string): Promise<unknown> {
  return {
    merchant: await db.merchant.findUniqueOrThrow({ where: { id: merchantId } }),
    coupons: await db.coupon.findMany({ where: { merchantId } }),
    accounts: await db.payoutAccount.findMany({ where: { merchantId } }),
    payouts: await db.payout.findMany({ where: { merchantId } }),
    transfers: await db.ledgerTransfer.findMany({ where: { merchantId } }).then((rows) => rows.map(({ id }) => id)),
    cdks: await db.cdk.findMany({ where: { merchantId }, select: { id: true, state: true }, orderBy: { id: 'asc' } }),
  }
}

describe.for(OPERATOR)('operator: $name', (one) => {
  test('is not there for buyers, merchants, also of what is theirs, and nobody', async () => {
    expect(await attempt(one, await aUser('BUYER'))).toEqual(NOT_THERE)
    expect(await attempt(one, await aUser('MERCHANT', own.merchantId))).toEqual(NOT_THERE)
    expect(await attempt(one, await aUser('ARBITRATOR'))).toEqual(NOT_THERE)
    expect(await attempt(one, null)).toEqual(SIGN_IN)
  })

  test('works for an operator', async () => {
    sender.user = await aUser('OPERATOR')
    expect(await refusalOf(one)).toBe('done')
  })
})

describe.for(BUYER)('buyer: $name', (one) => {
  test('knows no order of another account, of another browser, or of nobody', async () => {
    const buyer = await aUser('BUYER')
    expect(await attempt(one, buyer)).toEqual(NOT_THERE)
    expect(await attempt(one, null)).toEqual(NOT_THERE)
    sender.checkoutIds = [(await aPlacedOrder()).checkoutId]
    expect(await attempt(one, null)).toEqual(NOT_THERE)
  })

  test("is not the merchant's or an operator's to press", async () => {
    expect(await attempt(one, await aUser('MERCHANT', own.merchantId))).toEqual(NOT_THERE)
    expect(await attempt(one, await aUser('OPERATOR'))).toEqual(NOT_THERE)
  })
})

test('the browser that bought may cancel, reveal and confirm', async () => {
  sender.checkoutIds = [unpaid.checkoutId, delivered.checkoutId]
  const [, cancel, confirm, reveal] = BUYER
  for (const one of [cancel, reveal, confirm]) expect(one && (await refusalOf(one))).toBe('done')
})

describe('addresses that are not pages', () => {
  const ask = async (
    route: (request: Request, context: { params: Promise<{ number: string }> }) => Promise<Response>,
    method = 'GET',
  ) => route(new Request('http://mall.example.com/', { method }), { params: Promise.resolve({ number: own.number }) })

  test("an order's snapshot, live events, codes and receipt are its buyer's alone", async () => {
    const users = [null, await aUser('BUYER'), await aUser('MERCHANT', own.merchantId), await aUser('OPERATOR')]
    const before = await world()
    for (const user of users) {
      sender.user = user
      const answers = [await ask(snapshot), await ask(follow), await ask(download, 'POST'), await ask(receipt)]
      expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    }
    expect(await world()).toEqual(before)
  })

  test('its buyer reads the snapshot, gets the codes only after consent, and is told the present version at once', async () => {
    sender.checkoutIds = [delivered.checkoutId]
    expect((await ask(snapshot)).status).toBe(200)
    expect((await ask(download, 'POST')).status).toBe(303)
    const reader = (await ask(follow)).body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toContain('DELIVERED.')
    await reader?.cancel()
    const paper = await ask(receipt)
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect(BUYER[3] && (await refusalOf(BUYER[3]))).toBe('done')
    expect(await (await ask(download, 'POST')).text()).toMatch(/^KB-[0-9A-F]{16}\r\n$/u)
  })

  test("the export of orders holds the merchant's own and is not there for others", async () => {
    const other = await aDeliveredOrder()
    const exported = async (user: SessionUser | null) => {
      sender.user = user
      return exportOrders(new Request('http://mall.example.com/api/merchant/orders'))
    }
    for (const user of [null, await aUser('BUYER'), await aUser('OPERATOR')])
      expect((await exported(user)).status).toBe(404)
    const csv = await (await exported(await aUser('MERCHANT', own.merchantId))).text()
    expect(csv).toContain(own.number)
    expect(csv).not.toContain(other.number)
  })

  test("a statement is the merchant's own, in both kinds, and not there for others", async () => {
    const other = await aConfirmedOrder()
    const month = new Date().toISOString().slice(0, 7)
    const asked = async (user: SessionUser | null, format: string, of = '2026-02') => {
      sender.user = user
      const request = new Request(`http://mall.example.com/api/merchant/statements/${of}?format=${format}&lang=en`)
      return statement(request, { params: Promise.resolve({ month: of }) })
    }
    for (const user of [null, await aUser('BUYER'), await aUser('OPERATOR')])
      expect((await asked(user, 'csv')).status).toBe(404)
    const owner = await aUser('MERCHANT', other.merchantId)
    expect(await (await asked(owner, 'csv')).text()).toContain(other.number)
    const csv = await (await asked(await aUser('MERCHANT', own.merchantId), 'csv')).text()
    expect(csv).not.toContain(other.number)
    const pdf = await asked(owner, 'pdf', month)
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    expect((await asked(owner, 'csv', '2999-01')).status).toBe(404)
  })

  test('a merchant draws one statement at a time, so that nobody takes all connections to the database', async () => {
    sender.user = await aUser('MERCHANT', own.merchantId)
    const asked = async () =>
      statement(new Request('http://mall.example.com/api/merchant/statements/2026-02?format=pdf'), {
        params: Promise.resolve({ month: '2026-02' }),
      })
    const answers = await Promise.all([asked(), asked()])
    expect(answers.map(({ status }) => status)).toEqual([200, 503])
    expect((await asked()).status).toBe(200)
  })
})

test('every action of every page is in these tables', () => {
  const exported = globSync('app/**/actions.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/export (?:const|async function) (\w+Action)\b/gu)].map(([, name]) =>
      String(name),
    ),
  )
  const known = [...MERCHANT, ...DESK, ...OPERATOR, ...BUYER].map(({ name }) => name)
  expect(exported.toSorted()).toEqual(
    [
      ...known,
      ...MONEY_DESK,
      ...BATCH_DESK,
      ...ARBITRATION_DESK,
      ...BUYER_CASES,
      ...COMPLAINT_DESK,
      ...ANYBODY,
    ].toSorted(),
  )
})
