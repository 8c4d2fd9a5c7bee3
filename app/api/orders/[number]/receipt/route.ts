import { hasLocale } from 'next-intl'
import { routing } from '@/i18n/routing'
import { renderReceipt } from '@/lib/infra/documents'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { findReceipt } from '@/lib/queries/order'
import { currentBuyer } from '@/lib/web/action'
import { pdfResponse } from '@/lib/web/download'
import { limit } from '@/lib/web/rate-limit'
import { providerKey } from '@/app/[locale]/(storefront)/orders/_components/providers'
import { messagesOf } from '@/messages'

/** The receipt of a paid order as a PDF, in the language asked for; 404 for whoever may not open the order, and before it is paid. */
export async function GET(
  request: Request,
  { params }: RouteContext<'/api/orders/[number]/receipt'>,
): Promise<Response> {
  const { number } = await params
  const asked = new URL(request.url).searchParams.get('lang')
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const { buyer } = await currentBuyer()
  const receipt = await findReceipt(db(), buyer, number, { locale, now: new Date() })
  if (!receipt) return new Response(null, { status: 404 })
  try {
    await limit('receipt:order', receipt.orderNumber)
  } catch (error) {
    if (error instanceof Refusal) return new Response(null, { status: 429, headers: { 'Retry-After': '900' } })
    throw error
  }
  const { payment } = receipt
  const named = payment && {
    ...payment,
    provider: messagesOf(locale).order.provider[providerKey(payment.provider)],
  }
  return pdfResponse(`${receipt.orderNumber}.pdf`, await renderReceipt({ ...receipt, payment: named }, locale))
}
