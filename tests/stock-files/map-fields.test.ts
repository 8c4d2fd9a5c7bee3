import { describe, expect, test } from 'vitest'
import { mapFields, parseCost, parseExpiry, type StockField, type StockRow, suggestMapping } from '@/lib/stock-files'

const NOW = new Date('2026-11-22T00:00:00Z')

function row(fields: string[], more: Partial<StockRow> = {}): StockRow {
  return { line: 1, fields, columns: null, fault: null, rounded: null, ...more }
}

function verdictOf(fields: string[], mapped: StockField[], more: Partial<StockRow> = {}) {
  const columns = mapped.map((field) => ({ field, label: null }))
  return mapFields(row(fields, more), { columns }, { now: NOW })
}

function unitOf(fields: string[], mapped: StockField[]) {
  const result = verdictOf(fields, mapped)
  if (result.verdict !== 'accepted') throw new Error(result.verdict)
  return result.unit
}

describe('a row', () => {
  test('of a single value is delivered as it is', () => {
    expect(unitOf(['AAAA-1111'], ['code'])).toMatchObject({
      secret: 'AAAA-1111',
      identity: 'AAAA-1111',
      expiresAt: null,
    })
  })

  test('of several is delivered with labels, without cost, note, expiry and what was left out', () => {
    const unit = unitOf(
      ['u', 'p\nq', '12.5', 'mine', '2031-12-31', 'x'],
      ['account', 'password', 'cost', 'note', 'expiry', 'ignore'],
    )
    expect(unit).toMatchObject({ secret: '账号: u\n密码: p\n  q', costMinor: 1250, note: 'mine' })
  })

  test('is the same unit when its code is, and otherwise when all that is delivered is', () => {
    expect(unitOf(['A', '1'], ['code', 'pin']).identity).toBe(unitOf(['A', '2'], ['code', 'pin']).identity)
    const places = [
      unitOf(['u', 'p', '1'], ['account', 'password', 'pin']),
      unitOf(['u', 'p', '2'], ['account', 'password', 'pin']),
    ]
    expect(places[0]?.identity).not.toBe(places[1]?.identity)
    expect(unitOf(['ab', 'c'], ['account', 'password']).identity).not.toBe(
      unitOf(['a', 'bc'], ['account', 'password']).identity,
    )
  })

  test.each([
    ['empty', ['', ''], ['code', 'pin'], null],
    ['missing-field', ['A', ''], ['code', 'pin'], 1],
    ['missing-field', ['A'], ['code', 'pin'], 1],
    ['missing-field', ['note'], ['note'], null],
    ['too-many-fields', ['A', 'B'], ['code'], 1],
    ['too-long', ['A'.repeat(501)], ['code'], null],
    ['bad-expiry', ['A', 'soon'], ['code', 'expiry'], 1],
    ['expired', ['A', '2026-11-21'], ['code', 'expiry'], 1],
    ['bad-cost', ['A', '1.999'], ['code', 'cost'], 1],
  ] as const)('is rejected as %s', (verdict, fields, mapped, column) => {
    expect(verdictOf([...fields], [...mapped])).toEqual({ line: 1, verdict, column })
  })

  test('may leave out expiry, cost, note and what is optional', () => {
    expect(verdictOf(['A', '', '', ''], ['code', 'expiry', 'cost', 'note']).verdict).toBe('accepted')
    const columns = [
      { field: 'code', label: null },
      { field: 'pin', label: null, optional: true },
    ] as const
    expect(mapFields(row(['A', '']), { columns }, { now: NOW })).toMatchObject({ unit: { secret: 'A' } })
  })

  test('is good until the last second of its day in Shanghai', () => {
    const until = (now: string) =>
      mapFields(
        row(['A', '2026-11-22']),
        {
          columns: [
            { field: 'code', label: null },
            { field: 'expiry', label: null },
          ],
        },
        { now: new Date(now) },
      ).verdict
    expect(until('2026-11-22T15:59:58Z')).toBe('accepted')
    expect(until('2026-11-22T15:59:59Z')).toBe('expired')
  })

  test('with a rounded number is rejected only when the number would be delivered', () => {
    expect(verdictOf(['6220202012345679700', 'B'], ['code', 'pin'], { rounded: [0] })).toMatchObject({
      verdict: 'rounded-number',
      column: 0,
    })
    expect(verdictOf(['6220202012345679700', 'B'], ['ignore', 'code'], { rounded: [0] }).verdict).toBe('accepted')
  })

  test('with a fault keeps its fault', () => {
    expect(verdictOf(['A'], ['code'], { fault: 'bad-encoding' }).verdict).toBe('bad-encoding')
  })
})

describe('an expiry', () => {
  test.each([
    ['2031-12-31', '2031-12-31T15:59:59.000Z'],
    ['2031/1/5', '2031-01-05T15:59:59.000Z'],
    ['2031.01.05', '2031-01-05T15:59:59.000Z'],
    ['20310105', '2031-01-05T15:59:59.000Z'],
    ['2031年1月5日', '2031-01-05T15:59:59.000Z'],
    ['２０３１－０１－０５', '2031-01-05T15:59:59.000Z'],
    ['2031-01-05 18:30', '2031-01-05T10:30:00.000Z'],
    ['2031-01-05 00:00:00', '2031-01-04T16:00:00.000Z'],
    ['2031-01-05T18:30:01Z', '2031-01-05T18:30:01.000Z'],
    ['2031-01-05T18:30:01.5+02:00', '2031-01-05T16:30:01.000Z'],
    ['2032-02', '2032-02-29T15:59:59.000Z'],
    ['2032年2月', '2032-02-29T15:59:59.000Z'],
    ['02/2032', '2032-02-29T15:59:59.000Z'],
    ['31/12/2031', '2031-12-31T15:59:59.000Z'],
    ['12/31/2031', '2031-12-31T15:59:59.000Z'],
    ['48213', '2031-12-31T15:59:59.000Z'],
    ['1956614400', '2032-01-02T00:00:00.000Z'],
    ['1956614400000', '2032-01-02T00:00:00.000Z'],
  ])('%s', (text, utc) => {
    expect(parseExpiry(text)).toEqual(new Date(utc))
  })

  test.each(['永久', '长期有效', 'never', '无', '-'])('%s never comes', (text) => {
    expect(parseExpiry(text)).toBe('never')
  })

  test.each(['03/04/2031', '2031-02-30', '2031-13-01', '1999-01-01', '31-12', '2031-01-05 25:00', 'soon', '12/26', ''])(
    '%s is no date',
    (text) => {
      expect(parseExpiry(text)).toBeNull()
    },
  )
})

describe('a cost', () => {
  test.each([
    ['12', 1200],
    ['12.3', 1230],
    ['¥12.30', 1230],
    ['￥１２．３０', 1230],
    ['1,234.5元', 123_450],
    ['CNY 0.01', 1],
    ['12.300', 1230],
    ['0', 0],
  ])('%s', (text, minor) => {
    expect(parseCost(text)).toBe(minor)
  })

  test.each(['', '-1', '1e3', '12.345', '12,34', '$5', '99999999999', '30000000', 'free'])('%s is none', (text) => {
    expect(parseCost(text)).toBeNull()
  })
})

describe('a suggested mapping', () => {
  const suggest = (rows: string[][], names: string[] | null = null) => {
    const { columns, reasons, certain } = suggestMapping(rows.map((fields) => row(fields, { columns: names })))
    return [columns.map(({ field }) => field).join(' '), reasons.join(' '), certain]
  }

  test.each([
    [['卡号', '卡密'], 'code pin', 'named named', true],
    [['卡号', '密码'], 'code pin', 'named named', true],
    [['账号', '密码', '邮箱', '邮箱密码'], 'account password account password', 'named named named named', true],
    [
      ['Card_Code（必填）', 'EXPIRY DATE', 'Cost Price', 'Remark'],
      'code expiry cost note',
      'named named named named',
      true,
    ],
    [['key', 'x', 'SECRET'], 'pin ignore code', 'named unknown named', false],
    [['thing', 'note'], 'code note', 'place named', false],
  ])('from the names %j', (names, fields, reasons, certain) => {
    expect(suggest([names.map(() => 'value')], names)).toEqual([fields, reasons, certain])
  })

  test.each([
    [['AAAA-1111'], 'code', 'place', true],
    [['a@b.cn', 'pw', 'mailpw', 'JBSWY3DP'], 'account password password code', 'looks place place place', false],
    [['https://a.example/x', '2031-12-31', '12.50'], 'link expiry cost', 'looks looks looks', true],
    [['13800000000', 'pw'], 'account password', 'looks place', false],
    [['AAAA', '1234', 'what'], 'code pin ignore', 'place place unknown', false],
  ])('from what stands in %j', (fields, expected, reasons, certain) => {
    expect(suggest([fields, fields])).toEqual([expected, reasons, certain])
  })

  test('takes names over as labels, and gives the usual word to the second password of an account', () => {
    expect(suggestMapping([row(['A'], { columns: ['激活码'] })]).columns).toEqual([{ field: 'code', label: '激活码' }])
    const { columns } = suggestMapping([row(['a@b.cn', 'x', 'y', 'z'])])
    expect(columns.map(({ label }) => label)).toEqual([null, null, '邮箱密码', null])
  })

  test('of nothing is nothing', () => {
    expect(suggestMapping([])).toEqual({ columns: [], reasons: [], certain: true })
  })
})
