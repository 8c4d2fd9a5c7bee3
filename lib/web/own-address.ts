import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { env } from '@/lib/infra/env'
import { ownOrigins } from '@/lib/infra/own-origins'
import { headers } from 'next/headers'

/**
 * A full address of this site for others to send the buyer back to: on the name that the browser used, if that is one
 * of ours (its cookies belong to that name), else on the configured one.
 */
export async function ownAddress(href: string, locale: Locale): Promise<string> {
  const shown = new URL(env().KEYBOND_URL)
  const asked = `${shown.protocol}//${(await headers()).get('host') ?? ''}`
  const origin = ownOrigins().includes(asked) ? asked : shown.origin
  return new URL(getPathname({ href, locale }), origin).href
}
