import type { NoteToSend } from '@/lib/domain/notifications'
import { routing } from '@/i18n/routing'
import { localeOf, mailWords, noteWords } from './note-words'

export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** An e-mail in plain text and in HTML that needs nothing from elsewhere. `origin` is the mall's address, for its link. */
export function renderMail(
  { locale: stored, note }: Pick<NoteToSend, 'locale' | 'note'>,
  origin: string,
): RenderedMail {
  const locale = localeOf(stored)
  const t = mailWords(locale)
  const { subject, body, action } = noteWords(note, locale)
  const link = new URL(`${locale === routing.defaultLocale ? '' : `/${locale}`}${note.page}`, origin).href
  const foot = t('foot', { host: new URL(origin).host })
  const text = [t('greeting'), body, t('open', { link }), foot].join('\n\n')
  return {
    subject: oneLine(subject),
    text: `${text}\n`,
    html: page(locale, { subject, greeting: t('greeting'), body, action, link, foot }),
  }
}

/** A line break in a product's name must not end the header. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}

function page(
  locale: string,
  texts: Record<'subject' | 'greeting' | 'body' | 'action' | 'link' | 'foot', string>,
): string {
  const { subject, greeting, body, action, link, foot } = Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, escape(text)]),
  )
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#f4f5f3;color:#1d2421;font:16px/1.6 sans-serif">
<div style="max-width:560px;margin:auto;padding:24px;background:#fff;border:1px solid #dfe3df;border-radius:8px">
<p style="margin:0 0 16px;font-weight:600">Keybond 卡契</p>
<p>${greeting}</p>
<p>${body}</p>
<p><a href="${link}" style="display:inline-block;padding:10px 18px;background:#0b6b4f;color:#fff;border-radius:6px;text-decoration:none">${action}</a></p>
<p style="margin:24px 0 0;font-size:13px;color:#5b6660">${foot}</p>
</div></body></html>
`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ESCAPES[character] ?? '')
}
