import { cookies } from 'next/headers'
import { secret } from '@/lib/infra/secrets'
import { openCheckoutIds, sealCheckoutIds } from './guest-token'
import { secureCookies } from './cookie-safety'

const MAX_AGE_S = 180 * 24 * 60 * 60

/** `__Host-` pins the cookie to this very host over https; plain http has no such prefix. */
function cookieName(): string {
  return secureCookies() ? '__Host-keybond-guest' : 'keybond-guest'
}

/** Checkouts that this browser placed or looked up, newest first. Empty for a changed or foreign cookie. */
export async function guestCheckoutIds(): Promise<string[]> {
  return openCheckoutIds(secret('session'), (await cookies()).get(cookieName())?.value)
}

/** Lets this browser open a checkout from now on. Call it in an action or route handler. */
export async function rememberCheckout(checkoutId: string): Promise<void> {
  const others = (await guestCheckoutIds()).filter((id) => id !== checkoutId)
  const jar = await cookies()
  jar.set(cookieName(), sealCheckoutIds(secret('session'), [checkoutId, ...others]), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: secureCookies(),
    maxAge: MAX_AGE_S,
  })
}
