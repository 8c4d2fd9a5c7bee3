import { MINUTE_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import type { Bank } from './bank'
import { type Visit, forbidden, page, readForm, seeOther, tellShop } from './counter'
import { localeOf } from './page-frame'
import { payStray } from './pay-stray'
import { strayPage, tooManyPage } from './stray-page'

/** The form is open to everybody, and each payment makes work for the shop. */
const MOST_A_MINUTE = 20

const Stray = z.object({
  amountMinor: z.coerce.number().int().min(1).max(100_000_000),
  currency: z.enum(['CNY', 'USD']).default('CNY'),
  description: z.string().trim().max(100).default(''),
})

/** The page for money that the shop never asked for. */
export async function answerStray(bank: Bank, { request, keepAlive, lang }: Visit): Promise<Response> {
  const locale = localeOf(lang)
  if (request.method !== 'POST') return page(strayPage(locale))
  const form = await readForm(request)
  if (!form) return forbidden()
  const stray = Stray.safeParse(Object.fromEntries(form))
  if (!stray.success) return page(strayPage(locale), 400)
  const lately = { reference: null, status: 'PAID', createdAt: { gt: after(bank.clock(), -MINUTE_MS) } }
  if ((await bank.db.bankPayment.count({ where: lately })) >= MOST_A_MINUTE) return page(tooManyPage(locale), 429)
  const id = await payStray(bank, { ...stray.data, locale })
  await tellShop(bank, keepAlive, id)
  return seeOther(`/bank/pay/${id}?lang=${locale}`)
}
