'use server'

import { z } from 'zod'
import { getLocale } from 'next-intl/server'
import { redirect } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { publicAction } from '@/lib/web/action'
import { clientIp } from '@/lib/web/client-ip'
import { rememberCheckout } from '@/lib/web/guest-access'
import { requireGuestCheckout } from '@/lib/web/look-up-order'
import { limit } from '@/lib/web/rate-limit'

const LookUp = z.object({ number: z.string().trim().min(1).max(40), passcode: z.string().min(1).max(200) })

export const lookUpAction = publicAction(LookUp, async ({ number: typed, passcode }) => {
  const { checkoutId, number } = await requireGuestCheckout(db(), limit, {
    number: typed,
    passcode,
    ip: await clientIp(),
  })
  await rememberCheckout(checkoutId)
  redirect({ href: `/orders/${number}`, locale: await getLocale() })
})
