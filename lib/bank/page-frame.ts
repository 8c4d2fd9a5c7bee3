import { createTranslator, hasLocale } from 'next-intl'
import { type Locale, routing } from '@/i18n/routing'
import { messagesOf } from '@/messages'
import { type Html, html } from './html'
import { STYLE_ELEMENT } from './page-style'
import type { SentNotice } from './read-notices'

export type Words = ReturnType<typeof wordsOf>

/** The bank's texts in one language. */
export function wordsOf(locale: Locale) {
  return createTranslator({ locale, messages: messagesOf(locale), namespace: 'bank' })
}

/** The language asked for, or the bank's own. */
export function localeOf(asked: string | undefined): Locale {
  return hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
}

/** A whole page around `body`. */
export function frame(locale: Locale, words: Words, title: string, body: Html): Html {
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

/** What an address without anything behind it shows. */
export function missingPage(locale: Locale): Html {
  const words = wordsOf(locale)
  const card = html`<div class="card">
    <h1>${words('missing.title')}</h1>
    <p>${words('missing.body')}</p>
  </div>`
  return frame(locale, words, words('missing.title'), card)
}

/** A moment as the bank writes it. */
export function clockOf(locale: Locale): (moment: Date) => string {
  return (moment) => moment.toLocaleString(locale, { timeZone: 'Asia/Shanghai', timeZoneName: 'short' })
}

/** What became of each notice to the shop. */
export function noticesCard(notices: readonly SentNotice[], words: Words): Html {
  return html`<div class="card">
    <h2>${words('notices.title')}</h2>
    <ul>
      ${notices.map(
        ({ type, state, attempts, lastStatus }) =>
          html`<li>
            <code>${type}</code><small>${words(`notices.${state}`, { attempts, status: lastStatus ?? 0 })}</small>
          </li>`,
      )}
    </ul>
  </div>`
}
