'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { getPathname } from '@/i18n/navigation'
import { rememberLocale } from '@/lib/domain/accounts'
import { db } from '@/lib/infra/db'
import type { Role } from '@/lib/infra/prisma/enums'
import { publicAction } from '@/lib/web/action'
import { bringCart } from '@/lib/web/cart-cookie'
import { clientIp } from '@/lib/web/client-ip'
import { requireAccount } from '@/lib/web/credentials'
import { safeNextPath } from '@/lib/web/next-path'
import { limit } from '@/lib/web/rate-limit'
import { startSession } from '@/lib/web/session'

const SignIn = z.object({
  email: z.string().trim().min(1).max(254),
  password: z.string().min(1).max(200),
  next: z.string().optional(),
})

const HOME: Record<Role, string> = {
  BUYER: '/account/orders',
  MERCHANT: '/merchant',
  OPERATOR: '/admin',
  ARBITRATOR: '/arbitration',
}

export const signInAction = publicAction(SignIn, async ({ email, password, next }, { run, now, locale }) => {
  const user = await requireAccount(db(), limit, { email, password, ip: await clientIp() })
  await run((tx) => rememberLocale(tx, user.id, locale))
  await startSession(user)
  if (user.role === 'BUYER') await bringCart(run, user.id, now)
  redirect(safeNextPath(next, getPathname({ href: HOME[user.role], locale })))
})
