import { beforeEach, expect, test, vi } from 'vitest'
import { payTopUpAction, topUpAction } from '@/app/[locale]/(storefront)/account/wallet/actions'
import { addToCartAction, changeCartAction } from '@/app/[locale]/(storefront)/cart/actions'
import { placeCheckoutAction } from '@/app/[locale]/(storefront)/checkout/actions'
import { askQuote } from '@/app/[locale]/(storefront)/checkout/ask-quote'
import { Asked, queryOf, walletPart } from '@/app/[locale]/(storefront)/checkout/asked'
import { checkoutLine } from '@/app/[locale]/(storefront)/checkout/checkout-line'
import { payAction } from '@/app/[locale]/(storefront)/orders/[number]/actions'
import { cartIdOf, putInCart } from '@/lib/domain/cart'
import { cancelCheckout } from '@/lib/domain/orders'
import { ProviderRefused } from '@/lib/domain/payments'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import { findWalletBalance } from '@/lib/queries/order'
import { type ActionState, IDLE } from '@/lib/web/action-state'
import type { SessionUser } from '@/lib/web/session'
import { aCoupon } from '@/tests/support/coupons'
import { db } from '@/tests/support/database'
import { NOW, aBuyerWithWallet, aListing, run } from '@/tests/support/factories'
import { PocketProvider } from '@/tests/support/pocket-provider'

/** Who sends the form, from which browser, and what is done with the answer. Verbs and database are the real ones. */
const sender = vi.hoisted(() => ({
  user: null as SessionUser | null,
  checkoutIds: [] as string[],
  cartId: null as string | null,
  refreshed: 0,
  /** The limit that he is over. */
  over: null as string | null,
}))
vi.mock('@/lib/web/session', () => ({ currentUser: async () => Promise.resolve(sender.user) }))
vi.mock('@/lib/web/guest-access', () => ({
  guestCheckoutIds: async () => Promise.resolve(sender.checkoutIds),
  rememberCheckout: async (id: string) => Promise.resolve(void sender.checkoutIds.push(id)),
}))
vi.mock('@/lib/web/cart-cookie', () => ({
  currentCart: async (user: SessionUser | null) =>
    Promise.resolve(user ? { cartId: cartIdOf(user.id), userId: user.id } : { cartId: sender.cartId, userId: null }),
  rememberCart: async (id: string) => Promise.resolve(void (sender.cartId = id)),
}))
vi.mock('@/lib/web/client-ip', () => ({ clientIp: async () => Promise.resolve('192.0.2.1') }))
vi.mock('@/lib/web/own-address', () => ({ ownAddress: async (path: string) => Promise.resolve(`https://mall${path}`) }))
vi.mock('@/lib/infra/payments', () => ({ paymentProvider: () => bank, providerNamed: () => bank }))
vi.mock('@/lib/web/rate-limit', () => ({
  limit: async (name: string) =>
    name === sender.over ? Promise.reject(new Refusal('auth/rate-limited', { minutes: 3 })) : Promise.resolve(),
}))
vi.mock('next-intl/server', () => ({ getLocale: async () => Promise.resolve('en') }))
vi.mock('next/cache', () => ({ refresh: () => void sender.refreshed++ }))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Redirected(to)
  },
}))
vi.mock('@/i18n/navigation', () => ({ getPathname: ({ href }: { href: string }) => href }))

class Redirected extends Error {}

let bank: PocketProvider

beforeEach(() => {
  bank = new PocketProvider()
  Object.assign(sender, { user: null, checkoutIds: [], cartId: null, refreshed: 0, over: null })
})

type Values = Readonly<Record<string, string | readonly string[]>>
type Action = (state: ActionState<never>, form: FormData) => Promise<ActionState<unknown>>

/** Where the form leads, or what it was refused for. */
async function send(action: Action, values: Values): Promise<string> {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) form.append(name, one)
  try {
    const state = await action(IDLE, form)
    return state.status === 'refused' ? state.code : state.status
  } catch (error) {
    if (error instanceof Redirected) return error.message
    throw error
  }
}

async function aSignedIn(walletMinor: number): Promise<SessionUser> {
  const { buyerId, email } = await aBuyerWithWallet(walletMinor)
  return { id: buyerId, email, displayName: 'b', role: 'BUYER', merchantId: null }
}

function form(lines: readonly { variantId: string; quantity: number }[], changes: Values = {}): Values {
  return {
    line: lines.map(checkoutLine),
    from: 'cart',
    couponCode: '',
    expectedTotalMinor: String(lines.reduce((sum, { quantity }) => sum + quantity * 1_000, 0)),
    walletMinor: '0',
    idempotencyKey: newId(),
    consent: 'yes',
    as: 'guest',
    email: `${newId()}@Example.com`,
    passcode: 'open sesame',
    ...changes,
  }
}

async function ordersOf(variantIds: readonly string[]) {
  return db.order.findMany({
    where: { variantId: { in: [...variantIds] } },
    include: { checkout: true },
    orderBy: { id: 'asc' },
  })
}

test('a guest orders a cart of two merchants in one payment; what was ordered leaves the cart, the rest stays', async () => {
  const [one, two, other] = [await aListing(), await aListing(), await aListing()]
  for (const { variantId } of [one, two, other]) {
    expect(await send(addToCartAction, { variant: variantId, quantity: '2' })).toBe('done')
  }
  expect(await send(changeCartAction, { variant: two.variantId, quantity: '1' })).toBe('done')
  const lines = [
    { variantId: one.variantId, quantity: 2 },
    { variantId: two.variantId, quantity: 1 },
  ]
  const submit = form(lines, { email: 'Somebody@Example.com' })
  const to = await send(placeCheckoutAction, submit)
  expect(to).toMatch(/^https:\/\/bank\.example\.com\//u)
  const orders = await ordersOf(lines.map(({ variantId }) => variantId))
  expect(new Set(orders.map(({ checkoutId }) => checkoutId)).size).toBe(1)
  expect(orders[0]?.checkout).toMatchObject({ totalMinor: 3_000, email: 'somebody@example.com', provider: 'sandbox' })
  expect(await db.cartItem.findMany({ where: { cartId: sender.cartId ?? '' } })).toMatchObject([
    { variantId: other.variantId },
  ])
  // The same submit again, from a second tab: the same payment. From a browser that never placed it, without the passcode: no.
  expect(await send(placeCheckoutAction, submit)).toBe(to)
  sender.checkoutIds = []
  expect(await send(placeCheckoutAction, { ...submit, passcode: 'my own' })).toBe('order/key-reused')
  expect(await ordersOf(lines.map(({ variantId }) => variantId))).toHaveLength(2)
  expect(bank.payments.size).toBe(1)
})

test.each(['a guest', 'an account'] as const)(
  'two tabs of %s, each with a key of its own, make one checkout while it waits to be paid',
  async (who) => {
    const { variantId } = await aListing()
    if (who === 'an account') sender.user = await aSignedIn(100)
    const as = who === 'an account' ? { as: 'account' } : { email: `${newId()}@example.com` }
    const tab = (changes: Values = {}) =>
      form([{ variantId, quantity: 1 }], { from: 'product', ...as, idempotencyKey: newId(), ...changes })
    const to = await send(placeCheckoutAction, tab())
    expect(await send(placeCheckoutAction, tab())).toBe(to)
    expect(await ordersOf([variantId])).toHaveLength(1)
    expect(bank.payments.size).toBe(1)
    // Another wish is another checkout, and so is the same once the first is not waiting any more.
    expect(
      await send(placeCheckoutAction, {
        ...tab(),
        line: checkoutLine({ variantId, quantity: 2 }),
        expectedTotalMinor: '2000',
      }),
    ).not.toBe(to)
    const [first] = await ordersOf([variantId])
    await run((tx) => cancelCheckout(tx, first?.checkoutId ?? '', { kind: 'BUYER', id: null }, new Date()))
    expect(await send(placeCheckoutAction, tab())).not.toBe(to)
    expect(await ordersOf([variantId])).toHaveLength(3)
  },
)

test('a guest in another browser, or with another passcode, gets a checkout of his own', async () => {
  const { variantId } = await aListing()
  const same = { from: 'product', email: `${newId()}@example.com` }
  const tab = (passcode: string) => form([{ variantId, quantity: 1 }], { ...same, passcode, idempotencyKey: newId() })
  const to = await send(placeCheckoutAction, tab('open sesame'))
  expect(await send(placeCheckoutAction, tab('another one'))).not.toBe(to)
  sender.checkoutIds = []
  expect(await send(placeCheckoutAction, tab('open sesame'))).not.toBe(to)
  expect(await ordersOf([variantId])).toHaveLength(3)
})

test("nobody changes another's cart", async () => {
  const { variantId } = await aListing()
  const owner = await aSignedIn(100)
  const cart = { cartId: cartIdOf(owner.id), userId: owner.id }
  await run((tx) => putInCart(tx, cart, { variantId, quantity: 3 }, NOW))
  await send(changeCartAction, { variant: variantId, quantity: '0' })
  sender.user = await aSignedIn(100)
  await send(changeCartAction, { variant: variantId, quantity: '1', remove: 'yes' })
  expect(await db.cartItem.findMany({ where: { cartId: cart.cartId } })).toMatchObject([{ quantity: 3 }])
})

test('while the provider is down the order stands and is paid later, once', async () => {
  const { variantId } = await aListing()
  bank.down = true
  const submit = form([{ variantId, quantity: 1 }], { from: 'product' })
  const to = await send(placeCheckoutAction, submit)
  expect(to).toMatch(/^\/orders\/KB\w+\?pay=later$/u)
  expect(await send(placeCheckoutAction, submit)).toBe(to)
  const [order] = await ordersOf([variantId])
  const number = order?.number ?? ''
  expect(await send(payAction, { number })).toBe('payment/provider-unavailable')
  bank.down = false
  const page = await send(payAction, { number })
  expect(page).toMatch(/^https:\/\/bank/u)
  expect(await send(placeCheckoutAction, submit)).toBe(page)
  expect(bank.payments.size).toBe(1)
  expect(await ordersOf([variantId])).toHaveLength(1)
})

test('an amount that the provider will not take leaves the order standing, and says so', async () => {
  const { variantId } = await aListing()
  bank.openPayment = async () => Promise.reject(new ProviderRefused('below the least amount'))
  expect(await send(placeCheckoutAction, form([{ variantId, quantity: 1 }]))).toMatch(/\?pay=refused$/u)
  const [order] = await ordersOf([variantId])
  expect(order?.status).toBe('AWAITING_PAYMENT')
  expect(await send(payAction, { number: order?.number ?? '' })).toBe('payment/refused')
})

test('a wallet that pays all leads straight to the delivered order; the provider hears nothing', async () => {
  const { variantId } = await aListing()
  const user = await aSignedIn(2_000)
  sender.user = user
  const { code } = await aCoupon({ amountMinor: 300, startsAt: new Date('2020-01-01') })
  const changes = { as: 'account', couponCode: code, expectedTotalMinor: '700', walletMinor: '700' }
  const submit = form([{ variantId, quantity: 1 }], changes)
  const to = await send(placeCheckoutAction, submit)
  expect(to).toMatch(/^\/orders\/KB\w+$/u)
  expect(await send(placeCheckoutAction, submit)).toBe(to)
  expect(await ordersOf([variantId])).toMatchObject([
    { status: 'DELIVERED', totalMinor: 700, walletMinor: 700, promoMinor: 300 },
  ])
  expect(await findWalletBalance(db, user.id)).toBe(1_300)
  expect(bank.payments.size).toBe(0)
})

test('what is no longer as shown is refused with the present state, and nothing is ordered', async () => {
  const { variantId } = await aListing({ stock: 1 })
  const line = { variantId, quantity: 1 }
  const user = await aSignedIn(500)
  expect(await send(placeCheckoutAction, form([line], { as: 'account' }))).toBe('auth/required')
  expect(await send(placeCheckoutAction, form([line], { walletMinor: '100' }))).toBe('auth/required')
  expect(await send(placeCheckoutAction, form([line], { expectedTotalMinor: '999' }))).toBe('order/price-changed')
  expect(await send(placeCheckoutAction, form([{ variantId, quantity: 2 }]))).toBe('stock/short')
  expect(await send(placeCheckoutAction, form([line], { couponCode: 'NOPE' }))).toBe('coupon/unknown')
  sender.user = user
  expect(await send(placeCheckoutAction, form([line], { as: 'account', walletMinor: '501' }))).toBe(
    'wallet/insufficient',
  )
  expect(sender.refreshed).toBe(6)
  for (const malformed of [{ line: 'x' }, { line: [] }, { walletMinor: '-1' }, { from: 'elsewhere' }]) {
    expect(await send(placeCheckoutAction, form([line], malformed))).toBe('input/invalid')
  }
  expect(await ordersOf([variantId])).toEqual([])
  expect(await findWalletBalance(db, user.id)).toBe(500)
})

test("a top-up is the signed-in buyer's own: opened once a submit, paid at the same page, not there for others", async () => {
  const submit = { amount: '12.50', idempotencyKey: newId() }
  expect(await send(topUpAction, submit)).toBe('auth/required')
  const user = await aSignedIn(100)
  sender.user = user
  expect(await send(topUpAction, { ...submit, amount: '0.99' })).toBe('wallet/amount')
  expect(await send(topUpAction, { ...submit, amount: '12.505' })).toBe('input/invalid')
  bank.down = true
  const later = await send(topUpAction, submit)
  const topUp = /\?topUp=([0-9a-f-]{36})&pay=later$/u.exec(later)?.[1] ?? ''
  expect(await send(payTopUpAction, { topUp })).toBe('payment/provider-unavailable')
  bank.down = false
  const page = await send(payTopUpAction, { topUp })
  expect(page).toMatch(/^https:\/\/bank/u)
  expect(await send(topUpAction, submit)).toBe(page)
  expect(await send(topUpAction, { ...submit, amount: '13' })).toBe('order/key-reused')
  expect(
    await db.checkout.findMany({ where: { buyerId: user.id, purpose: 'TOP_UP', paidPaymentId: null } }),
  ).toMatchObject([{ id: topUp, totalMinor: 1_250 }])
  sender.user = await aSignedIn(100)
  expect(await send(payTopUpAction, { topUp })).toBe('access/not-found')
  expect(await send(topUpAction, submit)).toBe('order/key-reused')
  sender.user = null
  expect(await send(payTopUpAction, { topUp })).toBe('auth/required')
})

test('an address asks for a part of the wallet, never for more than there is or is to be paid', () => {
  const asked = (query: Record<string, string>) => Asked.parse(query)
  expect(walletPart(asked({}), 5_000, 1_000)).toBe(0)
  expect(walletPart(asked({ amount: '5' }), 5_000, 1_000)).toBe(0)
  expect(walletPart(asked({ use: 'wallet' }), 5_000, 1_000)).toBe(1_000)
  expect(walletPart(asked({ use: 'wallet' }), 300, 1_000)).toBe(300)
  expect(walletPart(asked({ use: 'wallet', amount: '2.29' }), 5_000, 1_000)).toBe(229)
  expect(walletPart(asked({ use: 'wallet', amount: '70' }), 5_000, 1_000)).toBe(1_000)
  for (const amount of ['-1', '1e2', '1.234', 'x']) {
    expect(walletPart(asked({ use: 'wallet', amount }), 5_000, 1_000)).toBe(1_000)
  }
  expect(queryOf(asked({ quantity: '3', coupon: ' A ', use: 'wallet', amount: '2' }), true)).toEqual({
    quantity: '3',
    coupon: 'A',
    use: 'wallet',
    amount: '2',
  })
})

test('whoever tries too many coupon codes is told to wait, also for a right one, and sees the price without', async () => {
  const { variantId } = await aListing()
  const { code } = await aCoupon({ amountMinor: 300, startsAt: new Date('2020-01-01') })
  const asked = { lines: [{ variantId, quantity: 1 }], couponCode: code, buyerKey: null }
  expect(await askQuote(asked, NOW)).toMatchObject({ quote: { totalMinor: 700 }, couponRefusal: null })
  sender.over = 'coupon:ip'
  const told = await askQuote(asked, NOW)
  expect(told).toMatchObject({
    quote: { totalMinor: 1_000, coupon: null },
    couponRefusal: { code: 'auth/rate-limited' },
  })
  expect(await askQuote({ ...asked, couponCode: null }, NOW)).toMatchObject({ couponRefusal: null })
})
