import { createTranslator } from 'next-intl'
import type { Locale } from '@/i18n/routing'
import { formatMoney } from '@/lib/kernel/money'
import { messagesOf } from '@/messages'
import { type Moments, momentsIn } from './moments'
import { drawSums, requireSums } from './receipt-money'
import { COLOUR, PAGE, type Sheet, openSheet } from './sheet'
import { drawFoot, drawHead, drawHeading, drawMissing, drawParagraph } from './sheet-parts'
import { bytesOf, streamPdf } from './stream-pdf'
import { openTable } from './table'
import type { Receipt } from './types'
import { type Words, wordsOf } from './words'

/** What each part of a receipt draws with. */
interface Desk {
  readonly sheet: Sheet
  readonly words: Words
  readonly locale: Locale
  readonly moments: Moments
}

/**
 * The receipt of one paid order as a PDF, usually one A4 page. The same receipt gives the same bytes.
 *
 * Fails (invariant) when the parts do not make the total. Characters that the font lacks are printed as a box and named at
 * the end.
 */
export async function renderReceipt(receipt: Receipt, locale: Locale): Promise<Uint8Array> {
  requireSums(receipt)
  const words = wordsOf(locale)
  const title = words('receipt.documentTitle', { number: receipt.orderNumber })
  const sheet = openSheet({ title, locale, issuedAt: receipt.issuedAt, buffered: true })
  const desk: Desk = { sheet, words, locale, moments: momentsIn(receipt.timeZone) }
  async function* draw(): AsyncGenerator<void> {
    drawHead(sheet, words, words('receipt.title'), words('receipt.orderOf', { number: receipt.orderNumber }))
    drawFacts(desk, receipt)
    drawItem(desk, receipt)
    drawSums(sheet, words, locale, receipt)
    drawPayment(desk, receipt)
    drawRefunds(desk, receipt)
    drawRules(desk, receipt)
    drawEvidence(desk, receipt)
    // How many pages there are is known only now.
    yield
    drawFeet(sheet, words, title)
  }
  return bytesOf(streamPdf(sheet.doc, draw()))
}

function drawFacts({ sheet, words, locale, moments }: Desk, receipt: Receipt): void {
  const status = createTranslator({ locale, messages: messagesOf(locale), namespace: 'order.status' })
  const { seller } = receipt
  const moment = (at: Date | null) => (at ? moments.full(at) : words('receipt.none'))
  const left: [string, string][] = [
    [words('receipt.status'), status(receipt.status)],
    [words('receipt.email'), receipt.buyerEmail],
    [words('seller'), seller.shopName],
    [words('legalName'), seller.legalName],
    [words('creditCode'), seller.creditCode],
  ]
  const right: [string, string][] = [
    [words('receipt.placedAt'), moment(receipt.placedAt)],
    [words('receipt.paidAt'), moment(receipt.paidAt)],
    [words('receipt.deliveredAt'), moment(receipt.deliveredAt)],
    [words('receipt.closedAt'), moment(receipt.closedAt)],
    [words('issuedAt'), moments.full(receipt.issuedAt)],
  ]
  const top = sheet.y
  for (const [label, value] of left) drawFact(sheet, PAGE.left, 122, 170, label, value)
  const lowest = sheet.y
  sheet.y = top
  for (const [label, value] of right) drawFact(sheet, PAGE.left + 304, 54, 133, label, value)
  sheet.y = Math.max(sheet.y, lowest) + 10
}

function drawFact(sheet: Sheet, x: number, labelWidth: number, width: number, label: string, value: string): void {
  sheet.row(
    [
      { x, width: labelWidth, text: label, colour: COLOUR.faint },
      { x: x + labelWidth, width, text: value },
    ],
    2,
  )
}

function drawItem({ sheet, words, locale }: Desk, receipt: Receipt): void {
  const money = (minor: number) => formatMoney(minor, receipt.currency, locale)
  const label = createTranslator({ locale, messages: messagesOf(locale), namespace: 'order.page.attributes' })
  const table = openTable(sheet, [
    { title: words('receipt.item'), width: 267 },
    { title: words('receipt.quantity'), width: 48, align: 'right' },
    { title: words('receipt.unitPrice'), width: 84, align: 'right' },
    { title: words('receipt.amount'), width: 92, align: 'right' },
  ])
  const { quantity, unitPriceMinor } = receipt
  table.row([receipt.title, String(quantity), money(unitPriceMinor), money(quantity * unitPriceMinor)])
  const small = { size: 8, colour: COLOUR.faint }
  table.row([words('receipt.variant', { variant: receipt.variant })], small)
  const attributes = (['region', 'platform', 'edition', 'activationLimit', 'validity'] as const).flatMap((key) => {
    const value = receipt.attributes[key]
    return value ? [words('receipt.attribute', { label: label(key), value })] : []
  })
  if (attributes.length > 0) table.row([attributes.join(' · ')], small)
  if (receipt.tierFrom) table.row([words('receipt.tier', { count: receipt.tierFrom })], small)
  sheet.y += 2
  sheet.rule(6)
}

function drawPayment({ sheet, words }: Desk, { payment, walletMinor }: Receipt): void {
  drawHeading(sheet, words('receipt.payment'))
  const ways = [...(walletMinor > 0 ? [words('receipt.wallet')] : []), ...(payment ? [payment.provider] : [])]
  drawFact(sheet, PAGE.left, 122, PAGE.width - 122, words('receipt.provider'), ways.join(' + '))
  if (payment) drawFact(sheet, PAGE.left, 122, PAGE.width - 122, words('receipt.reference'), payment.reference)
}

function drawRefunds({ sheet, words, locale, moments }: Desk, { refunds, currency }: Receipt): void {
  if (refunds.length === 0) return
  drawHeading(sheet, words('receipt.refunds'))
  const table = openTable(sheet, [
    { title: words('receipt.refundedAt'), width: 126, size: 8 },
    { title: words('receipt.method'), width: 82, size: 8 },
    { title: words('receipt.refundReference'), width: 118, size: 8 },
    { title: words('receipt.refundStatus'), width: 95, size: 8 },
    { title: words('receipt.amount'), width: 70, align: 'right', size: 8 },
  ])
  for (const { at, method, reference, status, amountMinor } of refunds)
    table.row([
      moments.full(at),
      words(`receipt.methods.${method}`),
      reference ?? words('receipt.none'),
      words(`receipt.statuses.${status}`),
      formatMoney(amountMinor, currency, locale),
    ])
}

/** The words of the checkout page, with this order's own numbers. */
function drawRules({ sheet, words, locale }: Desk, { rules }: Receipt): void {
  const rule = createTranslator({ locale, messages: messagesOf(locale), namespace: 'order.checkout.rules' })
  drawHeading(sheet, words('receipt.rules'))
  const { inspectionHours: hours, inspectionHoursAfterReveal: after } = rules
  const texts = [
    after === null ? rule('inspect', { hours }) : rule('inspectReveal', { hours, after }),
    rule('auto'),
    rule('refund'),
  ]
  for (const text of texts) drawParagraph(sheet, text)
}

function drawEvidence({ sheet, words }: Desk, { snapshotHash }: Receipt): void {
  drawHeading(sheet, words('receipt.evidence'))
  drawParagraph(sheet, words('receipt.evidenceText'))
  drawParagraph(sheet, snapshotHash, { colour: COLOUR.ink })
  sheet.y += 8
  drawParagraph(sheet, words('receipt.note'), { colour: COLOUR.jade })
  drawParagraph(sheet, words('receipt.invoice'))
  drawMissing(sheet, words)
}

function drawFeet(sheet: Sheet, words: Words, title: string): void {
  const { start, count } = sheet.doc.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    sheet.doc.switchToPage(page)
    drawFoot(sheet, title, words('pageOf', { page: page + 1, pages: count }))
  }
}
