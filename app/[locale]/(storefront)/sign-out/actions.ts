'use server'

import { getLocale } from 'next-intl/server'
import { redirect } from '@/i18n/navigation'
import { endSession } from '@/lib/web/session'

/** For any form, also one in a header: `<form action={signOutAction}>`. */
export async function signOutAction(): Promise<void> {
  await endSession()
  redirect({ href: '/', locale: await getLocale() })
}
