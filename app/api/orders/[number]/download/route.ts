import { hasLocale } from 'next-intl'
import { getPathname } from '@/i18n/navigation'
import { routing } from '@/i18n/routing'
import { revealCdks } from '@/lib/domain/orders'
import { db } from '@/lib/infra/db'
import { cdkVault } from '@/lib/infra/vault'
import { Refusal } from '@/lib/kernel/refusal'
import { findOrderPage } from '@/lib/queries/order'
import { currentBuyer, run } from '@/lib/web/action'
import { limit } from '@/lib/web/rate-limit'

/**
 * All CDKs of an order as a text file, one per line, nothing else: it can be imported as it is. A look like any other:
 * recorded, and only after the first consent was given on the page. POST, so that no link, prefetch or history opens it.
 */
export async function POST(
  request: Request,
  { params }: RouteContext<'/api/orders/[number]/download'>,
): Promise<Response> {
  const { number } = await params
  if (request.headers.get('sec-fetch-site') === 'cross-site') return new Response(null, { status: 403 })
  const { buyer, actor } = await currentBuyer()
  const order = await findOrderPage(db(), buyer, number)
  if (!order) return new Response(null, { status: 404 })
  const asked = new URL(request.url).searchParams.get('locale')
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const backToOrder = new Response(null, {
    status: 303,
    headers: { Location: getPathname({ href: `/orders/${order.number}`, locale }) },
  })
  if (!order.firstRevealedAt) return backToOrder
  try {
    await limit('reveal:order', order.id)
    const opened = await run((tx) =>
      revealCdks(tx, cdkVault(), { orderId: order.id, consent: true }, actor, new Date()),
    )
    return new Response(`${opened.map(({ code }) => code).join('\r\n')}\r\n`, {
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': `attachment; filename="${order.number}.txt"`,
        'Cache-Control': 'private, no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  } catch (error) {
    // Refunded a moment ago, or too many looks: the page says so.
    if (error instanceof Refusal) return backToOrder
    throw error
  }
}
