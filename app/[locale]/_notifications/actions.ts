'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { markRead } from '@/lib/domain/notifications'
import { Refusal } from '@/lib/kernel/refusal'
import { buyerAction, merchantAction } from '@/lib/web/action'

/** Until when was shown: what arrived since stays unread. */
const Seen = z.object({ until: z.iso.datetime().transform((text) => new Date(text)) })

/** A buyer's own notifications count as read. */
export const readNotificationsAction = buyerAction(Seen, async ({ until }, { run, now, user }) => {
  if (!user) throw new Refusal('auth/required')
  await run((tx) => markRead(tx, user.id, until, now))
  revalidatePath('/[locale]', 'layout')
})

/** The same for somebody of a merchant; colleagues have their own marks. */
export const readMerchantNotificationsAction = merchantAction(Seen, async ({ until }, { run, now, userId }) => {
  await run((tx) => markRead(tx, userId, until, now))
  revalidatePath('/[locale]/merchant', 'layout')
})
