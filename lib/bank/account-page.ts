import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { type Html, html } from './html'
import { type Words, clockOf, frame, noticesCard, wordsOf } from './page-frame'
import type { AccountStatement } from './read-account'

/** The merchant's page of his account: one button to complete it, then its statement and the test switches. */
export function accountPage(account: AccountStatement, locale: Locale): Html {
  const words = wordsOf(locale)
  const title = words(account.completedAt ? 'account.title' : 'account.openTitle')
  const body = html`<div class="card">
      <h1>${title}</h1>
      <dl>
        <dt>${words('account.name')}</dt>
        <dd>${account.name}</dd>
        <dt>${words('account.email')}</dt>
        <dd>${account.email}</dd>
        <dt>${words('account.number')}</dt>
        <dd><small>${account.id}</small></dd>
      </dl>
      ${account.completedAt ? html`<p>${words('account.ready')}</p>` : completeForm(account.id, locale, words)}
      ${account.returnUrl === null ? null : html`<a class="back" href="${account.returnUrl}">${words('account.back')}</a>`}
    </div>
    ${account.completedAt ? html`${transfersCard(account, locale, words)} ${switchesCard(account, locale, words)}` : null}
    ${noticesCard(account.notices, words)}`
  return frame(locale, words, title, body)
}

function completeForm(id: string, locale: Locale, words: Words): Html {
  return html`<form method="post" action="/bank/accounts/${id}/complete?lang=${locale}">
    <p>${words('account.incomplete')}</p>
    <button type="submit">${words('account.complete')}</button>
  </form>`
}

function transfersCard({ transfers }: AccountStatement, locale: Locale, words: Words): Html {
  const clock = clockOf(locale)
  return html`<div class="card">
    <h2>${words('account.statement')}</h2>
    ${transfers.length === 0 ? html`<p>${words('account.empty')}</p>` : null}
    <ul>
      ${transfers.map(
        ({ kind, amountMinor, currency, moment }) =>
          html`<li>
            <span>${words(`account.${kind}`)} <time datetime="${moment.toISOString()}">${clock(moment)}</time></span
            ><span>${formatMoney(amountMinor, currency, locale)}</span>
          </li>`,
      )}
    </ul>
  </div>`
}

function switchesCard({ id, refuseNext, transfers }: AccountStatement, locale: Locale, words: Words): Html {
  const returnable = transfers.some(({ kind }) => kind === 'received')
  return html`<section class="card">
    <h2>${words('faults.summary')}</h2>
    <form method="post" action="/bank/accounts/${id}/refuse-next?lang=${locale}">
      <p>${words(refuseNext ? 'account.refusing' : 'account.refuseHint')}</p>
      <input type="hidden" name="on" value="${refuseNext ? 'no' : 'yes'}" />
      <button class="quiet" type="submit">${words(refuseNext ? 'account.refuseOff' : 'account.refuse')}</button>
    </form>
    ${
      returnable
        ? html`<form method="post" action="/bank/accounts/${id}/return-last?lang=${locale}">
            <p>${words('account.returnHint')}</p>
            <button class="quiet" type="submit">${words('account.return')}</button>
          </form>`
        : null
    }
  </section>`
}
