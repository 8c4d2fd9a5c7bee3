import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { getPathname } from '@/i18n/navigation'
import { type Locale, routing } from '@/i18n/routing'
import type { NoProof } from '@/lib/web/proof-download'

export function localeOf(request: Request): Locale {
  const asked = new URL(request.url).searchParams.get('locale')
  return hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
}

/** Leads back to the page with the link, which says why there is no proof and what to do. */
export function backToPage(href: string, locale: Locale): (why: NoProof) => Response {
  return (why) =>
    new Response(null, {
      status: 303,
      headers: { Location: `${getPathname({ href, locale })}?proof=${why}#proof`, 'Cache-Control': 'no-store' },
    })
}

/** Says it in plain words, where there is no page to lead back to. */
export function inWords(locale: Locale): (why: NoProof) => Promise<Response> {
  return async (why) => {
    const t = await getTranslations({ locale, namespace: 'provenance.proof' })
    return new Response(`${t(`${why}Title`)}\n\n${t(`${why}Text`)}\n`, {
      status: 409,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' },
    })
  }
}
