'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { getPathname } from '@/i18n/navigation'
import { normaliseEmail } from '@/lib/domain/accounts'
import { openPayment, placeOrder, type PlacedOrder, requireFewOpenOrders } from '@/lib/domain/orders'
import { ProviderUnavailable } from '@/lib/domain/payments'
import { hashPassword } from '@/lib/infra/crypto/password'
import { paymentProvider } from '@/lib/infra/payments'
import { MAX_ORDER_MINOR } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { type BuyerContext, buyerAction } from '@/lib/web/action'
import { clientIp } from '@/lib/web/client-ip'
import { rememberCheckout } from '@/lib/web/guest-access'
import { ownAddress } from '@/lib/web/own-address'
import { limit } from '@/lib/web/rate-limit'
import { requireOwnReplay } from '@/lib/web/replay'

const common = {
  variantId: z.uuid(),
  quantity: z.coerce.number().int().min(1).max(1_000),
  expectedTotalMinor: z.coerce.number().int().min(1).max(MAX_ORDER_MINOR),
  idempotencyKey: z.uuid(),
  consent: z.literal('yes', 'consent'),
}
const PlaceOrder = z.discriminatedUnion('as', [
  z.object({ ...common, as: z.literal('account') }),
  z.object({
    ...common,
    as: z.literal('guest'),
    email: z.string().trim().max(254).pipe(z.email()),
    passcode: z.string().min(6, 'passcode').max(100),
  }),
])
type PlaceOrder = z.infer<typeof PlaceOrder>

/** Places the order and leads to the payment page; every repeat of the same submit leads to the same payment. */
export const placeOrderAction = buyerAction(PlaceOrder, async (input, context) => {
  redirect(await placeAndOpen(input, context).catch(showPresentState))
})

async function placeAndOpen(input: PlaceOrder, context: BuyerContext): Promise<string> {
  const { run, now, locale } = context
  await limit('place:ip', await clientIp())
  const placed = await place(input, context)
  const orderPage = getPathname({ href: `/orders/${placed.number}`, locale })
  try {
    return await openPayment(run, paymentProvider(), placed.checkoutId, {
      returnUrl: await ownAddress(`/orders/${placed.number}?pay=returned`, locale),
      now,
    })
  } catch (error) {
    // The order stands and its page offers to pay (again), or says what became of it.
    if (error instanceof ProviderUnavailable) return `${orderPage}?pay=later`
    if (error instanceof Refusal && placed.replayed) return orderPage
    throw error
  }
}

async function place(input: PlaceOrder, { run, now, locale, user, buyer }: BuyerContext): Promise<PlacedOrder> {
  if (input.as === 'account' && !user) throw new Refusal('auth/required')
  const guest = input.as === 'guest' ? input : null
  const { idempotencyKey, variantId, quantity, expectedTotalMinor } = input
  const email = guest ? normaliseEmail(guest.email) : (user?.email ?? '')
  const passcodeHash = guest ? await hashPassword(guest.passcode) : null
  const order = {
    idempotencyKey,
    variantId,
    quantity,
    expectedTotalMinor,
    buyerId: guest ? null : (user?.id ?? null),
    email,
    passcodeHash,
    locale,
  }
  const placed = await run(async (tx) => {
    const { buyerId } = order
    await requireFewOpenOrders(tx, { buyerId, email, checkoutIds: buyer.checkoutIds, idempotencyKey }, now)
    return placeOrder(tx, { ...order, provider: paymentProvider().name }, now)
  })
  if (guest) {
    if (placed.replayed) await requireOwnReplay(run, limit, placed, guest.passcode, buyer.checkoutIds)
    await rememberCheckout(placed.checkoutId)
  }
  return placed
}

/** A refused submit shows the stock, price and open orders of this moment beside the reason. */
function showPresentState(error: unknown): never {
  if (error instanceof Refusal) refresh()
  throw error
}
