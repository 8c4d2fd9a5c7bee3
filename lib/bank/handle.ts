import { answerApi } from './api'
import type { Bank } from './bank'
import { type KeepAlive, page } from './counter'
import { answerMerchant } from './merchant-counter'
import { localeOf, missingPage } from './page-frame'
import { answerPayer } from './payer-counter'
import { answerStray } from './stray-counter'

/** Everything under /bank: the API for the shop and the pages for payers and merchants. */
export async function handleBank(bank: Bank, request: Request, keepAlive: KeepAlive): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url)
  const [, , area, ...rest] = pathname.split('/')
  if (area === 'api') return answerApi(bank, request, rest)
  const [id, deed, ...more] = rest
  const visit = { request, keepAlive, deed, lang: searchParams.get('lang') ?? undefined }
  if (area === 'pay' && id !== undefined && more.length === 0) return answerPayer(bank, id, visit)
  if (area === 'accounts' && id !== undefined && more.length === 0) return answerMerchant(bank, id, visit)
  if (area === 'stray' && id === undefined) return answerStray(bank, visit)
  return page(missingPage(localeOf(visit.lang)), 404)
}
