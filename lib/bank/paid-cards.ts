import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { type Html, html } from './html'
import { DISPUTE_REASONS } from './open-dispute'
import { type Words, clockOf, noticesCard } from './page-frame'
import type { Statement, StatementDispute } from './read-statement'

/** What a paid payment shows: the statement, its disputes, a form to dispute each charge, and the notices to the shop. */
export function paidCards(statement: Statement, locale: Locale, words: Words, facts: Html): Html {
  const { id, returnUrl, paidAt, lines, disputes, disputable, notices } = statement
  const clock = clockOf(locale)
  return html`<div class="card">
      <h1>${words('paid.title')}</h1>
      ${facts}
      <p>${words('paid.body', { time: paidAt ? clock(paidAt) : '' })}</p>
      <a class="back" href="${returnUrl}">${words('paid.back')}</a>
    </div>
    <div class="card">
      <h2>${words('paid.statement')}</h2>
      <ul>
        ${lines.map(
          ({ kind, amountMinor, currency, moment }) =>
            html`<li>
              <span>${words(`paid.${kind}`)} <time datetime="${moment.toISOString()}">${clock(moment)}</time></span
              ><span>${formatMoney(amountMinor, currency, locale)}</span>
            </li>`,
        )}
      </ul>
    </div>
    ${disputes.map((dispute) => disputeCard(id, dispute, locale, words))}
    ${disputable.map((charge) => disputeForm(id, charge, locale, words))} ${noticesCard(notices, words)}`
}

function disputeCard(paymentId: string, dispute: StatementDispute, locale: Locale, words: Words): Html {
  const { amountMinor, currency, reason, status, evidenceDueAt } = dispute
  const open = status === 'needs-response' || status === 'under-review'
  return html`<section class="card">
    <h2>${words('dispute.title', { amount: formatMoney(amountMinor, currency, locale) })}</h2>
    <dl>
      <dt>${words('dispute.reason')}</dt>
      <dd>${words(`dispute.reasons.${reason}`)}</dd>
      <dt>${words('dispute.status')}</dt>
      <dd>${words(`dispute.statuses.${status}`)}</dd>
      ${
        status === 'needs-response'
          ? html`<dt>${words('dispute.due')}</dt>
              <dd><time datetime="${evidenceDueAt.toISOString()}">${clockOf(locale)(evidenceDueAt)}</time></dd>`
          : null
      }
    </dl>
    ${
      open
        ? html`<form method="post" action="/bank/pay/${paymentId}/decide?lang=${locale}">
            <p>${words('dispute.decide')}</p>
            <input type="hidden" name="disputeId" value="${dispute.id}" />
            <div class="pair">
              <button name="winner" value="payer">${words('dispute.payerWins')}</button>
              <button name="winner" value="shop">${words('dispute.shopWins')}</button>
            </div>
          </form>`
        : null
    }
  </section>`
}

function disputeForm(
  paymentId: string,
  { captureId, amountMinor, currency }: Statement['disputable'][number],
  locale: Locale,
  words: Words,
): Html {
  return html`<form class="card" method="post" action="/bank/pay/${paymentId}/dispute?lang=${locale}">
    <h2>${words('dispute.offer', { amount: formatMoney(amountMinor, currency, locale) })}</h2>
    <p>${words('dispute.offerBody')}</p>
    <input type="hidden" name="captureId" value="${captureId}" />
    <label
      ><span>${words('dispute.reason')}</span
      ><select name="reason">
        ${DISPUTE_REASONS.map((reason) => html`<option value="${reason}">${words(`dispute.reasons.${reason}`)}</option>`)}
      </select></label
    >
    <button class="quiet" type="submit">${words('dispute.submit')}</button>
  </form>`
}
