import { NextIntlClientProvider } from 'next-intl'
import { getMessages } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Messages } from '@/messages'

/**
 * Hands whole namespaces to the client components inside it, besides the few words of `common.client` that every page
 * carries. Wrap the smallest part: what is named here is sent to the browser.
 */
export async function ClientMessages({
  namespaces,
  children,
}: {
  namespaces: ReadonlyArray<keyof Messages>
  children: ReactNode
}) {
  const all = await getMessages()
  const sent = Object.fromEntries(namespaces.map((name) => [name, all[name]]))
  return <NextIntlClientProvider messages={{ ...clientWords(all), ...sent }}>{children}</NextIntlClientProvider>
}

/** What the shared client leaves (copy, countdown, theme, ...) say; small enough for every page. */
export function clientWords(all: Messages): { common: Pick<Messages['common'], 'client'> } {
  return { common: { client: all.common.client } }
}
