import type { AuthOptions } from 'next-auth'
import CredentialsProvider from 'next-auth/providers/credentials'
import { z } from 'zod'
import { db } from '@/lib/infra/db'
import { tellNextAuthItsAddress } from '@/lib/infra/next-auth-address'
import { lastHop } from './client-ip'
import { secureCookies } from './cookie-safety'
import { requireAccount } from './credentials'
import { limit } from './rate-limit'
import { SESSION_MAX_AGE_S, sessionSecret } from './session-token'

const Submitted = z.object({ email: z.string().max(254), password: z.string().max(200) })
const Carried = z.object({ id: z.string(), role: z.string() })

/**
 * next-auth with credentials and JWT sessions (docs/decisions/0040). The token says who and as what; `currentUser` asks
 * the database again on each request. Our own form signs in through `startSession`, which mints the same cookie.
 */
export function authOptions(): AuthOptions {
  tellNextAuthItsAddress()
  return {
    secret: sessionSecret(),
    useSecureCookies: secureCookies(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_S },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(submitted, request) {
          const form = Submitted.safeParse(submitted)
          if (!form.success) return null
          const forwarded: unknown = request.headers?.['x-forwarded-for']
          return requireAccount(db(), limit, {
            ...form.data,
            ip: lastHop(typeof forwarded === 'string' ? forwarded : null),
          })
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const carried = Carried.safeParse(user)
        return carried.success ? { sub: carried.data.id, role: carried.data.role } : token
      },
      // What /api/auth/session tells scripts of the page: only when the sign-in ends.
      session: ({ session }) => ({ expires: session.expires }),
    },
  }
}
