import type { Locale } from '@/i18n/routing'
import { type CaseBlock, caseSections } from './case-sections'
import type { CaseHappening } from './case-timeline'
import type { CaseDocument } from './case-types'
import { type CaseDesk, caseDesk } from './case-words'

// Opened from a folder, years later: nothing from elsewhere, no script, readable when printed.
const STYLE = `
:root{color-scheme:light}
body{font:16px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#182427;background:#fff;max-width:56rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem;margin:.2em 0}h2{font-size:1.15rem;margin:2em 0 .4em;border-bottom:1px solid #768384}
dl{display:grid;grid-template-columns:minmax(9rem,14rem) 1fr;gap:.2rem 1rem;margin:0}dt{color:#465255}dd{margin:0;overflow-wrap:anywhere}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #dedcd6;overflow-wrap:anywhere}
ol{list-style:none;padding:0;margin:0}li{border-left:2px solid #dedcd6;padding:0 0 .9rem .9rem}li p{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}.by,time{color:#465255;font-size:.9rem}
@media(max-width:30rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}`

/** The timeline as one page without scripts, of which everything that people wrote is text. */
export function renderCaseHtml(document: CaseDocument, locale: Locale): string {
  const desk = caseDesk(document, locale)
  const { t } = desk
  const title = t('doc.documentTitle', { number: document.number })
  const sections = caseSections(desk).map(
    ({ title: heading, blocks }) =>
      `<section><h2>${safe(heading)}</h2>${blocks.map((block) => htmlOf(block, desk)).join('')}</section>`,
  )
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="robots" content="noindex">
<title>${safe(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${safe(t('doc.title'))}</h1><p>${safe(t('doc.of', { number: document.number, order: document.orderNumber }))}</p>
${sections.join('\n')}
</main></body></html>
`
}

function htmlOf(block: CaseBlock, desk: CaseDesk): string {
  if (block.kind === 'texts') return block.texts.map((text) => `<p>${safe(text)}</p>`).join('')
  if (block.kind === 'facts') {
    return `<dl>${block.rows.map(([term, fact]) => `<dt>${safe(term)}</dt><dd>${safe(fact)}</dd>`).join('')}</dl>`
  }
  if (block.kind === 'happenings') return `<ol>${block.rows.map((row) => happeningOf(row, desk)).join('')}</ol>`
  const head = block.head.map((cell) => `<th scope="col">${safe(cell)}</th>`).join('')
  const rows = block.rows.map((row) => `<tr>${row.map((cell) => `<td>${safe(cell)}</td>`).join('')}</tr>`).join('')
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function happeningOf({ at, title, by, lines }: CaseHappening, desk: CaseDesk): string {
  const who = by === null ? '' : ` <span class="by">${safe(by)}</span>`
  const said = lines.map((line) => `<p>${safe(line)}</p>`).join('')
  return `<li><time datetime="${at.toISOString()}">${safe(desk.at(at))}</time><p><strong>${safe(title)}</strong>${who}</p>${said}</li>`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** As text, without marks that turn the direction of writing. */
function safe(text: string): string {
  return text
    .replaceAll(/[\u202A-\u202E\u2066-\u2069]/gu, '')
    .replaceAll(/[&<>"']/gu, (letter) => ENTITIES[letter] ?? '')
}
