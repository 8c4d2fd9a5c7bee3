'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { getPathname } from '@/i18n/navigation'
import { normaliseEmail } from '@/lib/domain/accounts'
import { type CartRef, emptyCart } from '@/lib/domain/cart'
import {
  MOST_LINES,
  type PlacedCheckout,
  findOpenTwin,
  openPayment,
  placeCheckout,
  requireFewOpenOrders,
} from '@/lib/domain/orders'
import { ProviderUnavailable } from '@/lib/domain/payments'
import { hashPassword, verifyPassword } from '@/lib/infra/crypto/password'
import { paymentProvider, providerNamed } from '@/lib/infra/payments'
import { MAX_ORDER_MINOR } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type BuyerContext, buyerAction } from '@/lib/web/action'
import { currentCart } from '@/lib/web/cart-cookie'
import { clientIp } from '@/lib/web/client-ip'
import { rememberCheckout } from '@/lib/web/guest-access'
import { ownAddress } from '@/lib/web/own-address'
import { limit } from '@/lib/web/rate-limit'
import { requireOwnReplay } from '@/lib/web/replay'
import { CheckoutLine } from './checkout-line'

const common = {
  /** As often as there are variants. */
  line: z.union([CheckoutLine.transform((line) => [line]), z.array(CheckoutLine).min(1).max(MOST_LINES)]),
  /** Whether these came out of the cart, and leave it once they are ordered. */
  from: z.enum(['cart', 'product']),
  couponCode: z
    .string()
    .trim()
    .max(40)
    .transform((code) => (code === '' ? null : code)),
  expectedTotalMinor: z.coerce.number().int().min(1).max(MAX_ORDER_MINOR),
  walletMinor: z.coerce.number().int().min(0).max(MAX_ORDER_MINOR),
  idempotencyKey: z.uuid(),
  consent: z.literal('yes', 'consent'),
}
const PlaceCheckout = z.discriminatedUnion('as', [
  z.object({ ...common, as: z.literal('account') }),
  z.object({
    ...common,
    as: z.literal('guest'),
    email: z.string().trim().max(254).pipe(z.email()),
    passcode: z.string().min(6, 'passcode').max(100),
  }),
])
type PlaceCheckout = z.infer<typeof PlaceCheckout>

/**
 * Places the orders and leads to the payment page, or to the order when the wallet has paid; every repeat of the same
 * submit leads to the same payment, and so does a second tab that asks for the same while the first waits to be paid.
 */
export const placeCheckoutAction = buyerAction(PlaceCheckout, async (input, context) => {
  redirect(await placeAndOpen(input, context).catch(showPresentState))
})

async function placeAndOpen(input: PlaceCheckout, context: BuyerContext): Promise<string> {
  const { run, now, locale } = context
  await limit('place:ip', await clientIp())
  const placed = await place(input, context)
  const path = `/orders/${placed.orders[0]?.number}`
  const orderPage = getPathname({ href: path, locale })
  if (placed.paid) return orderPage
  try {
    return await openPayment(run, providerNamed, placed.checkoutId, {
      returnUrl: await ownAddress(`${path}?pay=returned`, locale),
      now,
    })
  } catch (error) {
    // The orders stand and their page offers to pay (again), or says what became of them.
    if (error instanceof ProviderUnavailable) return `${orderPage}?pay=later`
    if (error instanceof Refusal && error.code === 'payment/refused') return `${orderPage}?pay=refused`
    if (error instanceof Refusal && placed.replayed) return orderPage
    throw error
  }
}

async function place(input: PlaceCheckout, { run, now, locale, user, buyer }: BuyerContext): Promise<PlacedCheckout> {
  if (input.as === 'account' && !user) throw new Refusal('auth/required')
  const guest = input.as === 'guest' ? input : null
  const { idempotencyKey, line: lines, couponCode, expectedTotalMinor, walletMinor } = input
  const buyerId = guest ? null : (user?.id ?? null)
  const email = guest ? normaliseEmail(guest.email) : (user?.email ?? '')
  const wanted = { idempotencyKey, lines, couponCode, expectedTotalMinor, walletMinor }
  const who = { buyerId, email, passcodeHash: guest ? await hashPassword(guest.passcode) : null }
  const cart: CartRef | null = input.from === 'cart' ? await currentCart(user) : null
  const placed = await run(async (tx) => {
    await requireFewOpenOrders(tx, { buyerId, email, checkoutIds: buyer.checkoutIds, idempotencyKey }, now)
    const order = { ...wanted, ...who, locale, provider: paymentProvider().name }
    const twin = await findOpenTwin(tx, order, buyer.checkoutIds, now)
    if (twin && (!guest || (await verifyPassword(guest.passcode, twin.passcodeHash)))) return twin.placed
    const made = await placeCheckout(tx, order, now)
    const ordered = lines.map(({ variantId }) => variantId)
    if (cart?.cartId && !made.replayed) await emptyCart(tx, cart.cartId, ordered)
    return made
  })
  if (guest) {
    if (placed.replayed) await requireOwnReplay(run, limit, placed, guest.passcode, buyer.checkoutIds)
    await rememberCheckout(placed.checkoutId)
  }
  return placed
}

/** A refused submit shows the stock, price, balance and open orders of this moment beside the reason. */
function showPresentState(error: unknown): never {
  if (error instanceof Refusal) refresh()
  throw error
}
