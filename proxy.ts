import createMiddleware from 'next-intl/middleware'
import type { NextRequest } from 'next/server'
import { routing } from '@/i18n/routing'
import { payOrigins } from '@/lib/infra/payments/pay-origins'
import { contentSecurityPolicy } from '@/lib/web/content-security-policy'
import { PATH_HEADER } from '@/lib/web/next-path'

const withLocale = createMiddleware(routing)

const dev = process.env.NODE_ENV === 'development'

/**
 * Picks the language, tells the page which address was asked for (what the browser says there is overwritten), and lets
 * its forms lead to the payment pages of the providers that are configured.
 */
export function proxy(request: NextRequest) {
  request.headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search)
  const response = withLocale(request)
  response.headers.set('Content-Security-Policy', contentSecurityPolicy(dev, payOrigins()))
  return response
}

/** Everything but the API, the sandbox bank (its own root layout), the provenance log, Next's own files and addresses with a dot (files). */
export const config = {
  matcher: '/((?!(?:api|bank|log|_next)(?:/|$)|.*\\..*).*)',
}
