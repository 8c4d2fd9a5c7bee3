import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { type Html, html } from './html'
import { type Words, clockOf, frame, wordsOf } from './page-frame'
import { paidCards } from './paid-cards'
import type { Statement } from './read-statement'

/** The hosted payment page as HTML: the form while the payment is open, the statement once it is paid. */
export function payPage(statement: Statement, locale: Locale): Html {
  const words = wordsOf(locale)
  const paid = statement.paidAt !== null
  const facts = factsOf(statement, locale, words)
  const cards = paid ? paidCards(statement, locale, words, facts) : openForm(statement, locale, words, facts)
  return frame(locale, words, words(paid ? 'paid.title' : 'pay.title'), cards)
}

function openForm(statement: Statement, locale: Locale, words: Words, facts: Html): Html {
  const money = (minor: number) => formatMoney(minor, statement.currency, locale)
  const amount = money(statement.amountMinor)
  return html`<form class="card" method="post" action="?lang=${locale}">
    <h1>${words('pay.title')}</h1>
    ${facts}
    <button type="submit">${words('pay.submit', { amount })}</button>
    <a class="back" href="${statement.returnUrl}">${words('pay.cancel')}</a>
    <details>
      <summary>${words('faults.summary')}</summary>
      <fieldset>
        <legend>${words('faults.legend')}</legend>
        ${(['duplicate', 'repeat', 'reorder', 'lose', 'newsletter'] as const).map(
          (name) =>
            html`<label
              ><input type="checkbox" name="${name}" /><span
                >${words(`faults.${name}`)} <small>${words(`faults.${name}Hint`)}</small></span
              ></label
            >`,
        )}
        <label
          ><span>${words('faults.delay')}</span><input type="number" name="delaySeconds" min="0" max="3600" value="0"
        /></label>
        ${choice(words('faults.underpay'), 'underpay', [
          ['no', words('faults.underpayNo')],
          ['by-one', words('faults.underpayByOne', { amount: money(1) })],
          ['to-one', words('faults.underpayToOne', { amount: money(1) })],
        ])}
        ${choice(words('faults.currency'), 'currency', [
          ['same', words('faults.currencySame')],
          ['USD', formatMoney(statement.amountMinor, 'USD', locale)],
        ])}
        ${choice(words('faults.refunds'), 'refunds', [
          ['no', words('faults.refundsNo')],
          ['pending', words('faults.refundsPending')],
          ['fail', words('faults.refundsFail')],
          ['fail-always', words('faults.refundsFailAlways')],
        ])}
      </fieldset>
      <p>${words('faults.later')}</p>
    </details>
  </form>`
}

function choice(label: string, name: string, options: readonly (readonly [string, string])[]): Html {
  return html`<label
    ><span>${label}</span
    ><select name="${name}">
      ${options.map(([value, text]) => html`<option value="${value}">${text}</option>`)}
    </select></label
  >`
}

function factsOf(statement: Statement, locale: Locale, words: Words): Html {
  const { description, reference, id, payBy, paidAt } = statement
  const clock = clockOf(locale)
  return html`<p class="amount">${formatMoney(statement.amountMinor, statement.currency, locale)}</p>
    <dl>
      <dt>${words('pay.merchant')}</dt>
      <dd>${words('pay.merchantName')}</dd>
      <dt>${words('pay.description')}</dt>
      <dd>${description}</dd>
      <dt>${words('pay.reference')}</dt>
      <dd><small>${reference ?? words('pay.noReference')}</small></dd>
      <dt>${words('pay.payment')}</dt>
      <dd><small>${id}</small></dd>
      ${
        payBy && !paidAt
          ? html`<dt>${words('pay.payBy')}</dt>
              <dd><time datetime="${payBy.toISOString()}">${clock(payBy)}</time></dd>`
          : null
      }
    </dl>`
}
