import { accountPage } from './account-page'
import type { Bank } from './bank'
import { completeAccount } from './complete-account'
import { type Visit, forbidden, page, readForm, seeOther, tellShop } from './counter'
import { localeOf, missingPage } from './page-frame'
import { readAccount } from './read-account'
import { refuseNextTransfer } from './refuse-next-transfer'
import { returnLastTransfer } from './return-last-transfer'

const DEEDS: Readonly<Record<string, (bank: Bank, id: string, form: URLSearchParams) => Promise<unknown>>> = {
  complete: (bank, id) => completeAccount(bank, id),
  'refuse-next': (bank, id, form) => refuseNextTransfer(bank, id, form.get('on') === 'yes'),
  'return-last': (bank, id) => returnLastTransfer(bank, id),
}

/** The merchant's page: complete the account (which leads back to the shop), look at it, and try what can go wrong. */
export async function answerMerchant(bank: Bank, id: string, visit: Visit): Promise<Response> {
  const { request, keepAlive, lang, deed = '' } = visit
  const account = await readAccount(bank, id)
  const locale = localeOf(lang ?? account?.locale)
  if (!account) return page(missingPage(locale), 404)
  const back = account.returnUrl
  if (request.method !== 'POST' && deed === '') return page(accountPage(account, locale), 200, back)
  const act = request.method === 'POST' && Object.hasOwn(DEEDS, deed) ? DEEDS[deed] : undefined
  if (!act) return page(missingPage(locale), 404)
  const form = await readForm(request)
  if (!form) return forbidden()
  await act(bank, id, form)
  await tellShop(bank, keepAlive, id)
  return seeOther(deed === 'complete' && back !== null ? back : `/bank/accounts/${id}?lang=${locale}`)
}
