import { secureCookies } from './cookie-safety'

/** The name of a cookie of ours. `__Host-` pins it to this very host over https; plain http has no such prefix. */
export function hostCookie(name: string): string {
  return secureCookies() ? `__Host-keybond-${name}` : `keybond-${name}`
}

/** How such a cookie is set: out of reach of scripts, kept for `maxAge` seconds; 0 forgets it. */
export function hostCookieOptions(maxAge: number) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: secureCookies(), maxAge } as const
}
