import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { momentsIn } from './moments'
import { COLOUR, PAGE, openSheet } from './sheet'
import { drawFoot, drawHead, drawMissing, drawParagraph } from './sheet-parts'
import { type StatementDesk, drawAccount } from './statement-account'
import { streamPdf } from './stream-pdf'
import { openTable } from './table'
import type { Statement } from './types'
import { wordsOf } from './words'

/**
 * A merchant's statement of one month as a PDF, drawn while it is read: the lines of a page are asked for when the reader
 * wants that page, so that any number of lines takes the same memory.
 *
 * The running balance is counted here; the stream fails (invariant) when it misses the closing balance.
 */
export function renderStatement(statement: Statement, locale: Locale): ReadableStream<Uint8Array> {
  const words = wordsOf(locale)
  const { timeZone, currency, seller } = statement
  const month = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric', month: 'long' }).format(statement.from)
  const title = words('statement.documentTitle', { month })
  const sheet = openSheet({ title, locale, issuedAt: statement.issuedAt, buffered: false })
  let page = 0
  sheet.begun = () => {
    page += 1
    drawFoot(sheet, `${title} · ${seller.shopName}`, words('page', { page }))
  }
  const desk: StatementDesk = {
    sheet,
    words,
    moments: momentsIn(timeZone),
    zoneOf: statement.from,
    money: (minor) => formatMoney(minor, currency, locale),
  }
  async function* draw(): AsyncGenerator<void> {
    sheet.begun()
    drawHead(sheet, words, words('statement.title'), month)
    drawFacts(desk, statement)
    drawSummary(desk, statement)
    for (const account of statement.accounts) yield* drawAccount(desk, account)
    sheet.room(60)
    sheet.y += 12
    drawParagraph(sheet, words('statement.end', { pages: page }), { colour: COLOUR.ink })
    drawParagraph(sheet, words('statement.note'))
    drawMissing(sheet, words)
  }
  return streamPdf(sheet.doc, draw())
}

function drawFacts({ sheet, words, moments }: StatementDesk, { seller, from, to, issuedAt }: Statement): void {
  const facts: [string, string][] = [
    [words('seller'), seller.shopName],
    [words('legalName'), seller.legalName],
    [words('creditCode'), seller.creditCode],
    [words('statement.period'), words('statement.periodOf', { from: moments.full(from), to: moments.full(to) })],
    [words('issuedAt'), moments.full(issuedAt)],
  ]
  for (const [label, value] of facts)
    sheet.row(
      [
        { x: PAGE.left, width: 122, text: label, colour: COLOUR.faint },
        { x: PAGE.left + 122, width: PAGE.width - 122, text: value },
      ],
      2,
    )
}

/** What a reader with one minute wants: where each account stood and stands. */
function drawSummary({ sheet, words, money }: StatementDesk, { accounts }: Statement): void {
  sheet.y += 10
  const table = openTable(sheet, [
    { title: words('statement.account'), width: 211 },
    { title: words('statement.opening'), width: 140, align: 'right' },
    { title: words('statement.closing'), width: 140, align: 'right' },
  ])
  for (const { account, openingMinor, closingMinor } of accounts)
    table.row([words(`statement.accounts.${account}`), money(openingMinor), money(closingMinor)])
}
