import { type Cell, COLOUR, PAGE, type Sheet, type Style } from './sheet'

export interface Column extends Style {
  readonly title: string
  readonly width: number
}

export interface Table {
  /** Draws a row; on a new page the head comes first. */
  readonly row: (texts: readonly string[], style?: Style) => void
}

const GUTTER = 8
const ROW_GAP = 2

/** A table over the width of the page; `continued` and its head stand again on each page that it runs onto. */
export function openTable(sheet: Sheet, columns: readonly Column[], continued?: string): Table {
  const cellsOf = (texts: readonly string[], style: Style): Cell[] => {
    let x: number = PAGE.left
    return columns.map((column, index) => {
      const { title: _, width, ...own } = column
      const last = index === columns.length - 1
      const cell = { ...own, ...style, x, width: last ? width : width - GUTTER, text: texts[index] ?? '' }
      x += width
      return cell
    })
  }
  const head = () => {
    const titles = columns.map(({ title }) => title)
    sheet.row(cellsOf(titles, { size: 8, colour: COLOUR.faint }), 2)
    sheet.rule(4)
  }
  head()
  return {
    row(texts, style = {}) {
      const laid = sheet.lay(cellsOf(texts, style))
      if (sheet.room(laid.height + ROW_GAP)) {
        if (continued) sheet.row([{ x: PAGE.left, width: PAGE.width, text: continued, weight: 'medium' }], 4)
        head()
      }
      laid.draw(ROW_GAP)
    },
  }
}
