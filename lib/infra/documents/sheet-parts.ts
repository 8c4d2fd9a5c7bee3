import { type Cell, COLOUR, PAGE, type Sheet } from './sheet'
import type { Words } from './words'

/** The seal of components/brand.tsx with the document's name across from it. */
export function drawHead(sheet: Sheet, words: Words, title: string, under: string): void {
  const { doc } = sheet
  doc.save().translate(PAGE.left, sheet.y).scale(0.75)
  doc.path('M30 16H45.7v6.4M39.7 16v7.8').lineWidth(2.6).strokeColor(COLOUR.ink).stroke()
  doc.circle(16, 16, 14.6).fill('#ca2e1a')
  doc.strokeColor('#ffffff').circle(16, 16, 12.4).lineWidth(0.9).stroke()
  doc.lineWidth(1.55).lineCap('round').lineJoin('round')
  for (const strokes of [
    'M8.9 8.6h6.1M9.3 11.2h5.3M8.7 14h6.5M12 6.8v10',
    'M16.9 8.4h6.3c.1 4-.5 6.7-1.5 7.4-.5.3-1.2.1-1.9-.3M19.7 8.6c-.1 3.1-.9 5.4-2.9 7',
    'M8.6 19.2h14.8M16 17.4v1.8c-.8 2.9-3.2 4.8-6.8 5.8M16 19.2c.9 2.9 3.4 4.8 7 5.8',
  ])
    doc.path(strokes).stroke()
  doc.restore()
  const top = sheet.y
  sheet.y = top + 3
  sheet.row([{ x: PAGE.left + 42, width: 200, text: words('brand'), size: 12, weight: 'medium' }])
  sheet.y = top - 3
  const right = { x: PAGE.left + 200, width: PAGE.width - 200, align: 'right' } as const
  sheet.row([{ ...right, text: title, size: 18, weight: 'medium' }])
  sheet.row([{ ...right, text: under, colour: COLOUR.soft }], 8)
  sheet.rule(12, COLOUR.strong)
}

/** A section's name, kept together with `next` points of what follows. */
export function drawHeading(sheet: Sheet, text: string, next = 40): void {
  sheet.room(28 + next)
  sheet.y += 10
  sheet.row([{ x: PAGE.left, width: PAGE.width, text, size: 10, weight: 'medium' }], 3)
}

/** A paragraph over the whole width. */
export function drawParagraph(sheet: Sheet, text: string, style: Omit<Cell, 'x' | 'width' | 'text'> = {}): void {
  const laid = sheet.lay([{ x: PAGE.left, width: PAGE.width, text, size: 8.5, colour: COLOUR.soft, ...style }])
  sheet.room(laid.height)
  laid.draw(2)
}

/** Says which characters could not be shown, if any. */
export function drawMissing(sheet: Sheet, words: Words): void {
  const codes = sheet.printer.missing().join(', ')
  if (codes) drawParagraph(sheet, words('missing', { codes }))
}

/** Name of the document and number of the page, at the bottom. */
export function drawFoot(sheet: Sheet, name: string, page: string): void {
  const { y } = sheet
  const style = { size: 7.5, colour: COLOUR.faint, width: PAGE.width / 2 }
  sheet.y = PAGE.foot
  sheet.row([
    { ...style, x: PAGE.left, text: name },
    { ...style, x: PAGE.left + style.width, text: page, align: 'right' },
  ])
  sheet.y = y
}
