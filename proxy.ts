import createMiddleware from 'next-intl/middleware'
import { routing } from '@/i18n/routing'

export const proxy = createMiddleware(routing)

/** Everything but the API, the sandbox bank (its own root layout), Next's own files and addresses with a dot (files). */
export const config = {
  matcher: '/((?!(?:api|bank|_next)(?:/|$)|.*\\..*).*)',
}
