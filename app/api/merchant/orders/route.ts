import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { localText } from '@/app/[locale]/_console/local'
import { OrderQuery, filterOf } from '@/app/[locale]/merchant/orders/query'
import { routing } from '@/i18n/routing'
import { db } from '@/lib/infra/db'
import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import { type MerchantOrderRow, exportMerchantOrders } from '@/lib/queries/merchant'
import { Refusal } from '@/lib/kernel/refusal'
import { csvResponse } from '@/lib/web/download'
import { limit } from '@/lib/web/rate-limit'
import { currentUser } from '@/lib/web/session'

/** The merchant's orders as CSV, with the list's own filters; nobody else gets more than a 404. */
export async function GET(request: Request): Promise<Response> {
  const merchantId = (await currentUser())?.merchantId
  if (!merchantId) return new Response(null, { status: 404 })
  try {
    await limit('export:merchant', merchantId)
  } catch (error) {
    if (error instanceof Refusal) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
    throw error
  }
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const locale = hasLocale(routing.locales, query.locale) ? query.locale : routing.defaultLocale
  const orders = exportMerchantOrders(db(), merchantId, filterOf(OrderQuery.parse(query)))
  const c = await getTranslations({ locale, namespace: 'console.column' })
  const m = await getTranslations({ locale, namespace: 'merchant.order.money' })
  const s = await getTranslations({ locale, namespace: 'console.order' })
  const columns: CsvColumn<MerchantOrderRow>[] = [
    { title: c('order'), text: ({ number }) => number },
    { title: c('product'), text: ({ titleZh, titleEn }) => localText(locale, titleZh, titleEn) },
    { title: c('variant'), text: ({ variantZh, variantEn }) => localText(locale, variantZh, variantEn) },
    { title: c('quantity'), count: ({ quantity }) => quantity },
    { title: c('unitPrice'), minor: ({ unitPriceMinor }) => unitPriceMinor },
    { title: m('csvDiscount'), minor: ({ discountMinor }) => discountMinor },
    { title: m('promo'), minor: ({ promoMinor }) => promoMinor },
    { title: m('paid'), minor: ({ totalMinor }) => totalMinor },
    { title: c('fee'), minor: ({ feeMinor }) => feeMinor },
    { title: m('refunded'), minor: ({ refundedMinor }) => refundedMinor },
    { title: c('status'), text: ({ status }) => s(status) },
    { title: c('placedAt'), at: ({ placedAt }) => placedAt },
    { title: c('paidAt'), at: ({ paidAt }) => paidAt },
    { title: c('closedAt'), at: ({ closedAt }) => closedAt },
  ]
  return csvResponse('keybond-orders.csv', toCsv(columns, orders))
}
