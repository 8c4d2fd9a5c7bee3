import type { MetadataRoute } from 'next'
import { env } from '@/lib/infra/env'

export const dynamic = 'force-dynamic'

const PRIVATE = [
  '/checkout',
  '/orders',
  '/account',
  '/lookup',
  '/mailbox',
  '/sign-in',
  '/sign-up',
  '/merchant/',
  '/admin',
  '/products/*/buy',
]

/** Crawlers read the shop windows; orders and consoles answer 404 to them anyway. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: '*',
      allow: '/',
      disallow: ['/api/', '/bank/', ...PRIVATE, ...PRIVATE.map((path) => `/en${path}`)],
    },
    sitemap: new URL('/sitemap.xml', env().KEYBOND_URL).href,
  }
}
