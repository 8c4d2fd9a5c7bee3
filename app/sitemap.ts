import type { MetadataRoute } from 'next'
import { getPathname } from '@/i18n/navigation'
import { routing } from '@/i18n/routing'
import { db } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import { listPublicAddresses } from '@/lib/queries/storefront'

export const dynamic = 'force-dynamic'

/** Every public page in every language. Lists by filter, orders and consoles are not part of it. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { categories, merchants, products } = await listPublicAddresses(db())
  return [
    ...[
      '/',
      '/search',
      '/protection',
      '/failure-standard',
      '/penalties',
      '/transparency',
      '/provenance',
      '/verify',
      ...categories.map((slug) => `/categories/${slug}`),
      ...merchants.map((slug) => `/merchants/${slug}`),
    ].flatMap((path) => entries(path)),
    ...products.flatMap(({ slug, updatedAt }) => entries(`/products/${slug}`, updatedAt)),
  ]
}

function entries(path: string, lastModified?: Date): MetadataRoute.Sitemap {
  const urlIn = (locale: (typeof routing.locales)[number]) =>
    new URL(getPathname({ href: path, locale }), env().KEYBOND_URL).href
  const languages = Object.fromEntries(routing.locales.map((locale) => [locale, urlIn(locale)]))
  const same = { ...(lastModified ? { lastModified } : {}), alternates: { languages } }
  return Object.values(languages).map((url) => Object.assign({ url }, same))
}
