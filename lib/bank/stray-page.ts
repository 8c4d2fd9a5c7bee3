import type { Locale } from '@/i18n/routing'
import { type Html, html } from './html'
import { frame, wordsOf } from './page-frame'

/** The form for money that nobody asked for. */
export function strayPage(locale: Locale): Html {
  const words = wordsOf(locale)
  const card = html`<form class="card" method="post" action="?lang=${locale}">
    <h1>${words('stray.title')}</h1>
    <p>${words('stray.body')}</p>
    <label
      ><span>${words('stray.amount')}</span
      ><input type="number" name="amountMinor" min="1" max="100000000" value="1000" required inputmode="numeric"
    /></label>
    <label
      ><span>${words('stray.currency')}</span
      ><select name="currency">
        <option value="CNY">CNY</option>
        <option value="USD">USD</option>
      </select></label
    >
    <label
      ><span>${words('stray.note')}</span><input type="text" name="description" maxlength="100" value="KB?"
    /></label>
    <button type="submit">${words('stray.submit')}</button>
  </form>`
  return frame(locale, words, words('stray.title'), card)
}

/** What is shown to who pays too often. */
export function tooManyPage(locale: Locale): Html {
  const words = wordsOf(locale)
  const card = html`<div class="card">
    <h1>${words('stray.tooMany')}</h1>
    <p>${words('stray.tooManyBody')}</p>
  </div>`
  return frame(locale, words, words('stray.tooMany'), card)
}
