import { invariant } from '@/lib/kernel/invariant'
import type { Moments } from './moments'
import type { Sheet, Style } from './sheet'
import { drawHeading, drawParagraph } from './sheet-parts'
import { openTable } from './table'
import type { StatementAccount, StatementLine } from './types'
import type { Words } from './words'

/** What the parts of a statement draw with. */
export interface StatementDesk {
  readonly sheet: Sheet
  readonly words: Words
  readonly moments: Moments
  /** The moment whose UTC offset stands in the tables' heads; a line with another one (summer time) says its own. */
  readonly zoneOf: Date
  readonly money: (minor: number) => string
}

interface Sum {
  readonly count: number
  readonly inMinor: number
  readonly outMinor: number
}

const NOTHING: Sum = { count: 0, inMinor: 0, outMinor: 0 }
const LINES_A_STEP = 40
const SMALL: Style = { size: 8 }
const STRONG: Style = { weight: 'medium' }

/** One account: opening balance, each line with the balance after it, closing balance, totals per kind. */
export async function* drawAccount(desk: StatementDesk, account: StatementAccount): AsyncGenerator<void> {
  const { sheet, words, money } = desk
  const name = words(`statement.accounts.${account.account}`)
  drawHeading(sheet, name, 80)
  const table = openLines(desk, name)
  table.row(['', words('statement.opening'), '', '', '', money(account.openingMinor)], STRONG)
  const sums = new Map<string, Sum>()
  let balanceMinor = account.openingMinor
  let count = 0
  for await (const line of account.lines) {
    balanceMinor += line.amountMinor
    sums.set(line.kind, plus(sums.get(line.kind) ?? NOTHING, line.amountMinor))
    table.row(textsOf(desk, line, balanceMinor))
    count += 1
    if (count % LINES_A_STEP === 0) yield
  }
  invariant(
    balanceMinor === account.closingMinor,
    `statement: ${account.account} ends ${balanceMinor}, books say ${account.closingMinor}`,
  )
  table.row(['', words('statement.closing'), '', '', '', money(balanceMinor)], STRONG)
  if (count === 0) drawParagraph(sheet, words('statement.empty'))
  else drawTotals(desk, name, sums)
}

function openLines({ sheet, words, moments, zoneOf }: StatementDesk, name: string) {
  return openTable(
    sheet,
    [
      { ...SMALL, title: words('statement.at', { zone: moments.zone(zoneOf) }), width: 86 },
      { ...SMALL, title: words('statement.kind'), width: 101 },
      { ...SMALL, title: words('statement.reference'), width: 108 },
      { ...SMALL, title: words('statement.in'), width: 64, align: 'right' },
      { ...SMALL, title: words('statement.out'), width: 64, align: 'right' },
      { ...SMALL, title: words('statement.balance'), width: 68, align: 'right' },
    ],
    words('statement.continued', { account: name }),
  )
}

function textsOf({ moments, money, zoneOf }: StatementDesk, line: StatementLine, balanceMinor: number): string[] {
  const { at, kind, reference, amountMinor } = line
  return [
    moments.zone(at) === moments.zone(zoneOf) ? moments.text(at) : moments.full(at),
    kind,
    reference ?? '',
    amountMinor > 0 ? money(amountMinor) : '',
    amountMinor < 0 ? money(-amountMinor) : '',
    money(balanceMinor),
  ]
}

function drawTotals({ sheet, words, money }: StatementDesk, name: string, sums: ReadonlyMap<string, Sum>): void {
  const title = words('statement.totals', { account: name })
  drawHeading(sheet, title)
  const table = openTable(
    sheet,
    [
      { ...SMALL, title: words('statement.kind'), width: 227 },
      { ...SMALL, title: words('statement.count'), width: 66, align: 'right' },
      { ...SMALL, title: words('statement.in'), width: 99, align: 'right' },
      { ...SMALL, title: words('statement.out'), width: 99, align: 'right' },
    ],
    title,
  )
  const textsOf = (kind: string, { count, inMinor, outMinor }: Sum) => [
    kind,
    String(count),
    money(inMinor),
    money(outMinor),
  ]
  let all = NOTHING
  for (const [kind, sum] of sums) {
    table.row(textsOf(kind, sum))
    all = { count: all.count + sum.count, inMinor: all.inMinor + sum.inMinor, outMinor: all.outMinor + sum.outMinor }
  }
  table.row(textsOf(words('statement.all'), all), STRONG)
}

function plus({ count, inMinor, outMinor }: Sum, minor: number): Sum {
  return { count: count + 1, inMinor: inMinor + Math.max(minor, 0), outMinor: outMinor + Math.max(-minor, 0) }
}
