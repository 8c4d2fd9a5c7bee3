'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { getPathname } from '@/i18n/navigation'
import { createUser, normaliseEmail, rememberLocale } from '@/lib/domain/accounts'
import { hashPassword } from '@/lib/infra/crypto/password'
import { publicAction } from '@/lib/web/action'
import { bringCart } from '@/lib/web/cart-cookie'
import { clientIp } from '@/lib/web/client-ip'
import { safeNextPath } from '@/lib/web/next-path'
import { limit } from '@/lib/web/rate-limit'
import { startSession } from '@/lib/web/session'

const SignUp = z.object({
  email: z.string().trim().max(254).pipe(z.email()),
  password: z.string().min(8, 'password').max(200),
  next: z.string().optional(),
})

export const signUpAction = publicAction(SignUp, async ({ email, password, next }, { run, now, locale }) => {
  await limit('sign-up:ip', await clientIp())
  const account = {
    email,
    passwordHash: await hashPassword(password),
    displayName: nameOf(email),
    role: 'BUYER',
    merchantId: null,
  } as const
  const id = await run(async (tx) => {
    const userId = await createUser(tx, account, now)
    await rememberLocale(tx, userId, locale)
    return userId
  })
  await startSession({ id, role: 'BUYER' })
  await bringCart(run, id, now)
  redirect(safeNextPath(next, getPathname({ href: '/account/orders', locale })))
})

function nameOf(email: string): string {
  return normaliseEmail(email).split('@')[0] ?? ''
}
