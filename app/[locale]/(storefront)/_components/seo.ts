import type { Metadata } from 'next'
import { getPathname } from '@/i18n/navigation'
import { type Locale, routing } from '@/i18n/routing'

/** Canonical address and the same page in the other languages, as paths; the layout's metadataBase completes them. */
function alternatesOf(path: string, locale: Locale) {
  const pathIn = (language: Locale) => getPathname({ href: path, locale: language })
  return {
    canonical: pathIn(locale),
    languages: {
      ...Object.fromEntries(routing.locales.map((language) => [language, pathIn(language)])),
      'x-default': pathIn(routing.defaultLocale),
    },
  }
}

/** Title, description and addresses of a public page, for search engines and for previews in chats. */
export function pageMetadata(page: { title: string; description: string; path: string; locale: Locale }): Metadata {
  const { title, description, path, locale } = page
  const alternates = alternatesOf(path, locale)
  return {
    title,
    description,
    alternates,
    openGraph: {
      title,
      description,
      type: 'website',
      siteName: 'Keybond 卡契',
      url: alternates.canonical,
      locale: locale.replace('-', '_'),
    },
  }
}
