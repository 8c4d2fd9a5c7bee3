import { cookies } from 'next/headers'
import { secret } from '@/lib/infra/secrets'
import { openCheckoutIds, sealCheckoutIds } from './guest-token'
import { hostCookie, hostCookieOptions } from './host-cookie'

const MAX_AGE_S = 180 * 24 * 60 * 60

/** Checkouts that this browser placed or looked up, newest first. Empty for a changed or foreign cookie. */
export async function guestCheckoutIds(): Promise<string[]> {
  return openCheckoutIds(secret('session'), (await cookies()).get(hostCookie('guest'))?.value)
}

/** Lets this browser open a checkout from now on. Call it in an action or route handler. */
export async function rememberCheckout(checkoutId: string): Promise<void> {
  const others = (await guestCheckoutIds()).filter((id) => id !== checkoutId)
  const jar = await cookies()
  const sealed = sealCheckoutIds(secret('session'), [checkoutId, ...others])
  jar.set(hostCookie('guest'), sealed, hostCookieOptions(MAX_AGE_S))
}
