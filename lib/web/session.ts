import { getLocale } from 'next-intl/server'
import { cookies, headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { redirect } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import type { Role } from '@/lib/infra/prisma/enums'
import { findSession } from '@/lib/queries/session'
import { secureCookies } from './cookie-safety'
import { PATH_HEADER } from './next-path'
import { SESSION_MAX_AGE_S, mintToken, readToken } from './session-token'

export interface SessionUser {
  readonly id: string
  readonly email: string
  readonly displayName: string
  readonly role: Role
  /** The merchant that a MERCHANT user works for. */
  readonly merchantId: string | null
}

export interface MerchantUser extends SessionUser {
  readonly merchantId: string
}

/** Asked once per request; the token is only believed while its user exists and still has the role it was signed in with. */
const session = cache(async (): Promise<(SessionUser & { readonly unread: number }) | null> => {
  const token = await readToken((await cookies()).get(sessionCookie())?.value)
  if (!token) return null
  const found = await findSession(db(), token.sub)
  return found?.role === token.role ? found : null
})

/** Who is signed in, or null. */
export async function currentUser(): Promise<SessionUser | null> {
  return session()
}

/** How many notifications they have not read: asked with who they are, so it costs no statement. */
export async function unreadCount(): Promise<number> {
  return (await session())?.unread ?? 0
}

/** A buyer's page: without a session to the sign-in page and back; another role sees nothing here. */
export async function requireBuyer(): Promise<SessionUser> {
  return requireRole('BUYER')
}

/** A merchant console page; see `requireBuyer`. */
export async function requireMerchantUser(): Promise<MerchantUser> {
  const user = await requireRole('MERCHANT')
  const { merchantId } = user
  return merchantId === null ? notFound() : { ...user, merchantId }
}

/** An admin page; see `requireBuyer`. */
export async function requireOperator(): Promise<SessionUser> {
  return requireRole('OPERATOR')
}

/** A page of arbitrators; see `requireBuyer`. */
export async function requireArbitrator(): Promise<SessionUser> {
  return requireRole('ARBITRATOR')
}

async function requireRole(role: Role): Promise<SessionUser> {
  const user = await currentUser()
  if (!user) return goToSignIn()
  return user.role === role ? user : notFound()
}

/** To the sign-in page, which comes back to the page that was asked for. */
export async function goToSignIn(): Promise<never> {
  const next = (await headers()).get(PATH_HEADER)
  return redirect({ href: next ? { pathname: '/sign-in', query: { next } } : '/sign-in', locale: await getLocale() })
}

/** Signs a user in on this browser: next-auth's own cookie, minted here so that the form works without JavaScript. */
export async function startSession(user: { readonly id: string; readonly role: Role }): Promise<void> {
  const jar = await cookies()
  jar.set(sessionCookie(), await mintToken(user), {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: secureCookies(),
    maxAge: SESSION_MAX_AGE_S,
  })
}

export async function endSession(): Promise<void> {
  const jar = await cookies()
  jar.set(sessionCookie(), '', { httpOnly: true, sameSite: 'lax', path: '/', secure: secureCookies(), maxAge: 0 })
}

function sessionCookie(): string {
  return `${secureCookies() ? '__Secure-' : ''}next-auth.session-token`
}
