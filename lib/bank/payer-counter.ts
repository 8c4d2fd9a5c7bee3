import { z } from 'zod'
import type { Bank } from './bank'
import { capturePayment } from './capture-payment'
import { type Visit, forbidden, page, readForm, seeOther, tellShop } from './counter'
import { decideDispute } from './decide-dispute'
import { readFaults } from './faults'
import { DisputeReason, openDispute } from './open-dispute'
import { localeOf, missingPage } from './page-frame'
import { payPage } from './pay-page'
import { type Statement, readStatement } from './read-statement'

const Dispute = z.object({ captureId: z.uuid(), reason: DisputeReason })
const Decision = z.object({ disputeId: z.uuid(), winner: z.enum(['payer', 'shop']) })

/** The payer's page: pay, then look at the statement, dispute a charge, and let the bank decide. */
export async function answerPayer(bank: Bank, id: string, visit: Visit): Promise<Response> {
  const { request, keepAlive, lang, deed } = visit
  const statement = await readStatement(bank, id)
  const locale = localeOf(lang ?? statement?.locale)
  if (!statement) return page(missingPage(locale), 404)
  if (request.method !== 'POST' && deed === undefined) return page(payPage(statement, locale), 200, statement.returnUrl)
  const form = request.method === 'POST' ? await readForm(request) : null
  if (!form) return request.method === 'POST' ? forbidden() : page(missingPage(locale), 404)
  if (deed === undefined) await capturePayment(bank, id, readFaults(form))
  else if (!(await doDeed(bank, deed, statement, Object.fromEntries(form)))) return page(missingPage(locale), 404)
  await tellShop(bank, keepAlive, id)
  return seeOther(deed === undefined ? statement.returnUrl : `/bank/pay/${id}?lang=${locale}`)
}

/** Whether there is such a deed for this payment; done twice, it was done once. */
async function doDeed(bank: Bank, deed: string, statement: Statement, fields: unknown): Promise<boolean> {
  const dispute = Dispute.safeParse(fields)
  if (deed === 'dispute' && dispute.success) {
    const { captureId, reason } = dispute.data
    if (statement.disputable.some((charge) => charge.captureId === captureId))
      await openDispute(bank, captureId, reason)
    return true
  }
  const decision = Decision.safeParse(fields)
  if (deed === 'decide' && decision.success) {
    const { disputeId, winner } = decision.data
    if (statement.disputes.some((open) => open.id === disputeId)) await decideDispute(bank, disputeId, winner)
    return true
  }
  return false
}
