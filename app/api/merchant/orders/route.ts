import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { localText } from '@/app/[locale]/_console/local'
import { OrderQuery, filterOf } from '@/app/[locale]/merchant/orders/query'
import { routing } from '@/i18n/routing'
import { db } from '@/lib/infra/db'
import { exportMerchantOrders } from '@/lib/queries/merchant'
import { currentUser } from '@/lib/web/session'

/** The merchant's orders as CSV, with the list's own filters; nobody else gets more than a 404. */
export async function GET(request: Request): Promise<Response> {
  const merchantId = (await currentUser())?.merchantId
  if (!merchantId) return new Response(null, { status: 404 })
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale
  const orders = await exportMerchantOrders(db(), merchantId, filterOf(OrderQuery.parse(query)))
  const c = await getTranslations({ locale, namespace: 'console.column' })
  const s = await getTranslations({ locale, namespace: 'console.order' })
  const header = [
    c('order'),
    c('product'),
    c('variant'),
    c('quantity'),
    c('unitPrice'),
    c('total'),
    c('fee'),
    c('status'),
    c('placedAt'),
    c('paidAt'),
    c('closedAt'),
  ]
  const rows = orders.map((order) => [
    order.number,
    localText(locale, order.titleZh, order.titleEn),
    localText(locale, order.variantZh, order.variantEn),
    String(order.quantity),
    yuan(order.unitPriceMinor),
    yuan(order.totalMinor),
    yuan(order.feeMinor),
    s(order.status),
    order.placedAt.toISOString(),
    order.paidAt?.toISOString() ?? '',
    order.closedAt?.toISOString() ?? '',
  ])
  // With a byte order mark, or the usual spreadsheet reads Chinese as Latin.
  const csv = `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
  return new Response(csv, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="keybond-orders.csv"',
      'cache-control': 'no-store',
    },
  })
}

/** Quoted where needed; a cell that a spreadsheet would run as a formula is kept as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function yuan(minor: number): string {
  return (minor / 100).toFixed(2)
}
