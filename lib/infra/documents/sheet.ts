import PDFDocument from 'pdfkit'
import type { Locale } from '@/i18n/routing'
import { fontOf, type Weight } from './fonts'
import { type Printer, createPrinter } from './printable'

/** The light theme's tokens (app/globals.css) as a printer takes them. */
export const COLOUR = {
  ink: '#182427',
  soft: '#465255',
  faint: '#5d686b',
  line: '#dedcd6',
  strong: '#768384',
  jade: '#006550',
  vermilion: '#ba280f',
} as const

/** A4 in points. The foot lies below `bottom`. */
export const PAGE = { left: 52, right: 543, width: 491, top: 46, bottom: 784, foot: 802 } as const

export interface Style {
  readonly size?: number
  readonly weight?: Weight
  readonly colour?: string
  readonly align?: 'left' | 'right'
}

export interface Cell extends Style {
  readonly x: number
  readonly width: number
  readonly text: string
}

/** Cells that are measured and wait for room. */
export interface Laid {
  readonly height: number
  /** Draws them and moves below, then `gap`. */
  readonly draw: (gap?: number) => void
}

export interface Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly printer: Printer
  /** Where the next thing is drawn, from the top of the page. */
  y: number
  /** Called on each page that room() begins. */
  begun: () => void
  /** Begins a page unless `height` fits on this one; true when it did. */
  readonly room: (height: number) => boolean
  /** Lays cells side by side, without drawing yet; long texts wrap. */
  readonly lay: (cells: readonly Cell[]) => Laid
  /** Lays and draws at once, where room was made. */
  readonly row: (cells: readonly Cell[], gap?: number) => void
  /** A thin line over the whole width, then `gap`. */
  readonly rule: (gap?: number, colour?: string) => void
}

const SIZE = 9

/** An empty A4 document with the house's fonts. `buffered` keeps all pages until the end, for "page 1 of 2". */
export function openSheet(about: {
  readonly title: string
  readonly locale: Locale
  readonly issuedAt: Date
  readonly buffered: boolean
}): Sheet {
  const doc = new PDFDocument({
    size: 'A4',
    // Pages are begun by room() alone.
    margins: { top: 0, left: PAGE.left, right: 0, bottom: 0 },
    // No standard font: they cannot write Chinese, and their metrics are files that a bundler loses.
    font: '',
    pdfVersion: '1.7',
    lang: about.locale,
    displayTitle: true,
    bufferPages: about.buffered,
    // A statement's thousands of amounts are all different; keeping their glyphs would only fill memory.
    fontLayoutCache: about.buffered,
    info: { Title: about.title, Author: 'Keybond', Creator: 'Keybond', CreationDate: about.issuedAt },
  })
  doc.registerFont('regular', fontOf('regular')).registerFont('medium', fontOf('medium'))
  const printer = createPrinter()
  const use = ({ size = SIZE, weight = 'regular', colour = COLOUR.ink }: Style) =>
    doc.font(weight).fontSize(size).fillColor(colour)
  const measure = (cell: Cell) => {
    const text = printer.clean(cell.text)
    const free = cell.width - use(cell).widthOfString(text)
    const height = free >= 0 ? doc.currentLineHeight(true) : doc.heightOfString(text, { width: cell.width })
    return { cell, text, free, height: Math.min(height, PAGE.bottom - PAGE.top) }
  }
  const drawText = ({ cell, text, free }: ReturnType<typeof measure>) => {
    const { x, width, align = 'left' } = cell
    use(cell)
    if (free >= 0) doc.text(text, align === 'right' ? x + free : x, sheet.y, { lineBreak: false })
    // A text longer than a page ends with an ellipsis on this one.
    else doc.text(text, x, sheet.y, { width, align, height: Math.max(PAGE.bottom - sheet.y, 0), ellipsis: true })
  }

  const sheet: Sheet = {
    doc,
    printer,
    y: PAGE.top,
    begun: () => {},
    room(height) {
      if (sheet.y + height <= PAGE.bottom) return false
      doc.addPage()
      sheet.y = PAGE.top
      sheet.begun()
      return true
    },
    lay(cells) {
      const laid = cells.filter(({ text }) => text !== '').map(measure)
      const height = Math.max(0, ...laid.map((text) => text.height))
      return {
        height,
        draw(gap = 0) {
          for (const text of laid) drawText(text)
          sheet.y += height + gap
        },
      }
    },
    row(cells, gap) {
      sheet.lay(cells).draw(gap)
    },
    rule(gap = 8, colour = COLOUR.line) {
      doc.moveTo(PAGE.left, sheet.y).lineTo(PAGE.right, sheet.y).lineWidth(0.6).strokeColor(colour).stroke()
      sheet.y += gap
    },
  }
  return sheet
}
