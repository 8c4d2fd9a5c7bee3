import { hasLocale } from 'next-intl'
import { z } from 'zod'
import { getPathname } from '@/i18n/navigation'
import { routing } from '@/i18n/routing'

const Wanted = z.object({ variant: z.uuid(), quantity: z.coerce.number().int().min(1).max(1000) })

/**
 * Where the product page's form leads: on to the checkout of the chosen variant, since a plain form cannot write a radio
 * button's value into a path. What is not understood goes back to the product.
 */
export async function GET(
  request: Request,
  { params }: RouteContext<'/[locale]/products/[slug]/buy'>,
): Promise<Response> {
  const { locale: asked, slug } = await params
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const wanted = Wanted.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  const href = wanted.success
    ? { pathname: `/checkout/${wanted.data.variant}`, query: { quantity: wanted.data.quantity } }
    : `/products/${encodeURIComponent(slug)}`
  return new Response(null, { status: 303, headers: { Location: getPathname({ href, locale }) } })
}
