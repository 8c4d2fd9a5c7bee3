import createMiddleware from 'next-intl/middleware'
import type { NextRequest } from 'next/server'
import { routing } from '@/i18n/routing'
import { PATH_HEADER } from '@/lib/web/next-path'

const withLocale = createMiddleware(routing)

/** Picks the language and tells the page which address was asked for (what the browser says there is overwritten). */
export function proxy(request: NextRequest) {
  request.headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search)
  return withLocale(request)
}

/** Everything but the API, the sandbox bank (its own root layout), Next's own files and addresses with a dot (files). */
export const config = {
  matcher: '/((?!(?:api|bank|_next)(?:/|$)|.*\\..*).*)',
}
