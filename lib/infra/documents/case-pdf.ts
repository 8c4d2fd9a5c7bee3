import type { Locale } from '@/i18n/routing'
import { type CaseBlock, caseSections } from './case-sections'
import type { CaseHappening } from './case-timeline'
import type { CaseDocument } from './case-types'
import { type CaseDesk, caseDesk } from './case-words'
import { COLOUR, PAGE, type Sheet, openSheet } from './sheet'
import { drawFoot, drawHead, drawHeading, drawMissing, drawParagraph } from './sheet-parts'
import { bytesOf, streamPdf } from './stream-pdf'
import { openTable } from './table'
import { wordsOf } from './words'

/** Lines of one text that a page surely takes: longer ones are cut into parts, so that none is lost at a page's end. */
const PART_CHARACTERS = 1200

/** The timeline as a PDF, drawn section by section. The same case at the same moment gives the same bytes. */
export async function renderCasePdf(document: CaseDocument, locale: Locale): Promise<Uint8Array> {
  const desk = caseDesk(document, locale)
  const words = wordsOf(locale)
  const title = desk.t('doc.documentTitle', { number: document.number })
  const sheet = openSheet({ title, locale, issuedAt: document.asOf, buffered: true })
  async function* draw(): AsyncGenerator<void> {
    drawHead(
      sheet,
      words,
      desk.t('doc.title'),
      desk.t('doc.of', { number: document.number, order: document.orderNumber }),
    )
    for (const section of caseSections(desk)) {
      drawHeading(sheet, section.title)
      for (const block of section.blocks) yield* drawBlock(sheet, block, desk)
    }
    drawMissing(sheet, words)
    yield
    const { start, count } = sheet.doc.bufferedPageRange()
    for (let page = start; page < start + count; page += 1) {
      sheet.doc.switchToPage(page)
      drawFoot(sheet, title, words('pageOf', { page: page + 1, pages: count }))
    }
  }
  return bytesOf(streamPdf(sheet.doc, draw()))
}

function* drawBlock(sheet: Sheet, block: CaseBlock, desk: CaseDesk): Generator<void> {
  if (block.kind === 'texts') for (const text of block.texts) drawLong(sheet, text)
  else if (block.kind === 'facts') for (const [term, fact] of block.rows) drawFact(sheet, term, fact)
  else if (block.kind === 'table') drawTable(sheet, block)
  else
    for (const row of block.rows) {
      drawHappening(sheet, row, desk)
      yield
    }
}

function drawFact(sheet: Sheet, term: string, fact: string): void {
  const laid = sheet.lay([
    { x: PAGE.left, width: 150, text: term, colour: COLOUR.faint },
    { x: PAGE.left + 154, width: PAGE.width - 154, text: fact },
  ])
  sheet.room(laid.height)
  laid.draw(2)
}

function drawTable(sheet: Sheet, { head, shares, rows }: Extract<CaseBlock, { kind: 'table' }>): void {
  const table = openTable(
    sheet,
    head.map((title, at) => ({ title, size: 8, width: (PAGE.width * (shares[at] ?? 0)) / 100 })),
  )
  for (const row of rows) table.row(row)
}

function drawHappening(sheet: Sheet, { at, title, by, lines }: CaseHappening, desk: CaseDesk): void {
  const head = sheet.lay([
    { x: PAGE.left, width: 150, text: desk.at(at), size: 8, colour: COLOUR.faint },
    { x: PAGE.left + 154, width: PAGE.width - 154, text: by === null ? title : `${title} · ${by}`, weight: 'medium' },
  ])
  sheet.room(head.height + 12)
  head.draw(1)
  for (const line of lines.flatMap((text) => text.split('\n'))) {
    for (const part of partsOf(line)) {
      const laid = sheet.lay([
        { x: PAGE.left + 154, width: PAGE.width - 154, text: part, size: 8.5, colour: COLOUR.soft },
      ])
      sheet.room(laid.height)
      laid.draw(1)
    }
  }
  sheet.y += 5
}

function drawLong(sheet: Sheet, text: string): void {
  for (const part of text.split('\n').flatMap(partsOf)) drawParagraph(sheet, part, { colour: COLOUR.ink })
}

function partsOf(text: string): string[] {
  const letters = [...text]
  return Array.from({ length: Math.ceil(letters.length / PART_CHARACTERS) }, (_, at) =>
    letters.slice(at * PART_CHARACTERS, (at + 1) * PART_CHARACTERS).join(''),
  )
}
