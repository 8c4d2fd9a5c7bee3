import { createTranslator } from 'next-intl'
import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { messagesOf } from '@/messages'
import { type Html, html } from './html'
import { STYLE_ELEMENT } from './page-style'
import type { Statement } from './read-statement'

type Words = ReturnType<typeof wordsOf>

/** The hosted payment page as HTML: the form while the payment is open, the statement once it is paid. */
export function payPage(statement: Statement, locale: Locale): Html {
  const words = wordsOf(locale)
  const money = (minor: number) => formatMoney(minor, statement.currency, locale)
  const paid = statement.paidAt !== null
  const card = paid ? paidCard(statement, locale, words, money) : openForm(statement, locale, words, money)
  return frame(locale, words, words(paid ? 'paid.title' : 'pay.title'), card)
}

/** What an address without a payment shows. */
export function missingPage(locale: Locale): Html {
  const words = wordsOf(locale)
  const card = html`<div class="card">
    <h1>${words('missing.title')}</h1>
    <p>${words('missing.body')}</p>
  </div>`
  return frame(locale, words, words('missing.title'), card)
}

function wordsOf(locale: Locale) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace: 'bank' })
}

function frame(locale: Locale, words: Words, title: string, body: Html): Html {
  const other = locale === 'en' ? 'zh-CN' : 'en'
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · ${words('name')}</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header>
          <div>
            <strong>${words('name')}</strong>
            <nav aria-label="${words('language')}">
              <a href="?lang=${other}" lang="${other}" hreflang="${other}">${words('other')}</a>
            </nav>
          </div>
        </header>
        <main>
          <p class="sandbox">${words('sandbox')}</p>
          ${body}
        </main>
      </body>
    </html> `
}

function openForm(statement: Statement, locale: Locale, words: Words, money: (minor: number) => string): Html {
  return html`<form class="card" method="post" action="?lang=${locale}">
    <h1>${words('pay.title')}</h1>
    ${facts(statement, words, money)}
    <button type="submit">${words('pay.submit', { amount: money(statement.amountMinor) })}</button>
    <a class="back" href="${statement.returnUrl}">${words('pay.cancel')}</a>
    <details>
      <summary>${words('faults.summary')}</summary>
      <fieldset>
        <legend>${words('faults.legend')}</legend>
        ${(['duplicate', 'repeat', 'reorder', 'lose'] as const).map(
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
        <label
          ><span>${words('faults.underpay')}</span
          ><select name="underpay">
            <option value="no">${words('faults.underpayNo')}</option>
            <option value="by-one">${words('faults.underpayByOne', { amount: money(1) })}</option>
            <option value="to-one">${words('faults.underpayToOne', { amount: money(1) })}</option>
          </select></label
        >
      </fieldset>
      <p>${words('faults.later')}</p>
    </details>
  </form>`
}

function paidCard(statement: Statement, locale: Locale, words: Words, money: (minor: number) => string): Html {
  const clock = (moment: Date) => moment.toLocaleString(locale, { timeZone: 'Asia/Shanghai', timeZoneName: 'short' })
  return html`<div class="card">
      <h1>${words('paid.title')}</h1>
      ${facts(statement, words, money)}
      <p>${words('paid.body', { time: statement.paidAt ? clock(statement.paidAt) : '' })}</p>
      <a class="back" href="${statement.returnUrl}">${words('paid.back')}</a>
    </div>
    <div class="card">
      <h2>${words('paid.statement')}</h2>
      <ul>
        ${statement.lines.map(
          ({ kind, amountMinor, moment }) =>
            html`<li>
              <span>${words(`paid.${kind}`)} <time datetime="${moment.toISOString()}">${clock(moment)}</time></span
              ><span>${money(kind === 'captured' ? -amountMinor : amountMinor)}</span>
            </li>`,
        )}
      </ul>
    </div>
    <div class="card">
      <h2>${words('paid.callbacks')}</h2>
      <ul>
        ${statement.callbacks.map(
          ({ type, state, attempts, lastStatus }) =>
            html`<li>
              <code>${type}</code><small>${words(`paid.${state}`, { attempts, status: lastStatus ?? 0 })}</small>
            </li>`,
        )}
      </ul>
    </div>`
}

function facts(statement: Statement, words: Words, money: (minor: number) => string): Html {
  const { description, reference, id } = statement
  return html`<p class="amount">${money(statement.amountMinor)}</p>
    <dl>
      <dt>${words('pay.merchant')}</dt>
      <dd>${words('pay.merchantName')}</dd>
      <dt>${words('pay.description')}</dt>
      <dd>${description}</dd>
      <dt>${words('pay.reference')}</dt>
      <dd><small>${reference}</small></dd>
      <dt>${words('pay.payment')}</dt>
      <dd><small>${id}</small></dd>
    </dl>`
}
