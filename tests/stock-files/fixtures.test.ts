import { describe, expect, test } from 'vitest'
import { mapFields, previewStock } from '@/lib/stock-files'
import { stockFixtures } from '@/tests/fixtures/stock/make-fixtures'
import { fixture, inPieces } from './uploads'

const NOW = new Date('2026-11-22T00:00:00Z')

/** File: how it is read, what its columns mean, and what its rows come to. */
const EXPECTED: Readonly<Record<string, [shape: string, fields: string, rows: string[]]>> = {
  'lines-lf.txt': ['lines utf-8', 'code', ['1 TEST-AAAA-0001', '2 TEST-AAAA-0002', '3 empty', '4 TEST-AAAA-0003']],
  'lines-crlf-bom.txt': ['lines utf-8', 'code', ['1 TEST-BBBB-0001', '2 TEST-BBBB-0002', '3 TEST-BBBB-0003']],
  'lines-cr.txt': ['lines utf-8', 'code', ['1 TEST-CCCC-0001', '2 TEST-CCCC-0002', '3 TEST-CCCC-0003']],
  'accounts-gbk.txt': [
    'lines gb18030 ----',
    'account password password code',
    [1, 2, 3].map(
      (n) =>
        `${n + 1} 邮箱: buyer${n}@mail.example\n密码: pw-${n}Xy\n邮箱密码: mail-${n}Zw\n秘钥: JBSW Y3DP EHPK ${n}PXP`,
    ),
  ],
  'accounts-pipe-utf8.txt': [
    'lines utf-8 |',
    'code pin ignore',
    ['1 卡密: user001\n密码: pass-aa1', '2 卡密: user002\n密码: pass-bb2', '3 卡密: user003\n密码: pass-cc3'],
  ],
  'cards-box.txt': [
    'lines utf-8 ║',
    'code pin',
    ['1 卡密: 9000000000000001\n密码: 004217', '2 卡密: 9000000000000002\n密码: 000318'],
  ],
  'cards-gbk.csv': [
    'csv gb18030 ,',
    'code pin expiry cost note',
    [
      '2 卡号: 9000000000000001\n密码: 004217 | 2031-12-31T15:59:59.000Z 4850 广东',
      '3 卡号: 9000000000000002\n密码: 000318 | 2031-01-05T15:59:59.000Z 4850 北京',
    ],
  ],
  'cards-big5.csv': [
    'csv big5 ,',
    'code pin expiry note',
    [
      '2 卡號: 7F2K-1QXB-0001\n密碼: 0042 | 2031-12-31T15:59:59.000Z - 臺北門市',
      '3 卡號: 7F2K-1QXB-0002\n密碼: 0318 | 2031-12-31T15:59:59.000Z - 高雄門市',
    ],
  ],
  'cards-utf16le-bom.txt': ['csv utf-16le \t', 'code expiry', ['2 TEST-DDDD-0001 | 2031-12-31T15:59:59.000Z - -']],
  'cards-utf16be.txt': ['lines utf-16be', 'code', ['1 TEST-EEEE-0001', '2 TEST-EEEE-0002']],
  'secret-column.csv': ['csv utf-8 ,', 'ignore code ignore', ['2 TEST-FFFF-0001', '3 TEST-FFFF-0002, part two']],
  'quoted.csv': ['csv utf-8 ,', 'code note', ['2 line one\nline two | - - says "hi"', '4 TEST-GGGG-0002']],
  'keys.json': ['json utf-8', 'code', ['1 KEYA-0001-TEST', '2 KEYA-0002-TEST', '3 KEYA-0003-TEST', '4 KEYB-0001-TEST']],
  'plain.json': ['json utf-8', 'code', ['1 KEYC-0001-TEST', '2 KEYC-0002-TEST', '3 1000000000000001']],
  'objects.json': [
    'json utf-8',
    'code pin expiry',
    ['1 code: KEYD-0001-TEST\npin: 0042', '2 code: KEYD-0002-TEST\npin: 0318 | 2031-12-31T15:59:59.000Z - -'],
  ],
  'cards.xlsx': [
    'xlsx utf-8',
    'code pin expiry cost',
    [
      '2 卡号: TEST-JJJJ-0001\n密码: 004217 | 2031-12-31T15:59:59.000Z 4850 -',
      '4 卡号: TEST-JJJJ-0002\n密码: 000318 | 2031-12-31T10:00:00.000Z 1230 -',
      '5 卡号: 123456789012345\n密码: 000007',
      '6 卡号: TEST-JJJJ-0004\n密码: 9',
      '7 rounded-number',
      '8 missing-field',
    ],
  ],
  'text-named.xlsx': ['lines utf-8', 'code', ['1 TEST-HHHH-0001', '2 TEST-HHHH-0002']],
  'mixed-encodings.txt': [
    'lines utf-8 ----',
    'code pin',
    ['1 卡密: 账号一\n密码: 第一行', '2 bad-encoding', '3 卡密: 账号三\n密码: 第三行'],
  ],
}

describe('an upload as merchants make it', () => {
  test.each(Object.entries(EXPECTED))('%s', async (name, [shape, fields, rows]) => {
    for (const size of [13, 100_000]) {
      const preview = await previewStock(() => inPieces(fixture(name), size), name)
      const { format, encoding, separator } = preview.shape
      expect([format, encoding, separator ?? ''].join(' ').trimEnd()).toBe(shape.trimEnd())
      expect(preview.mapping.columns.map(({ field }) => field).join(' ')).toBe(fields)
      const units = preview.rows.map((row) => {
        const mapped = mapFields(row, preview.mapping, { now: NOW })
        if (mapped.verdict !== 'accepted') return `${row.line} ${mapped.verdict}`
        const { secret, expiresAt, costMinor, note } = mapped.unit
        const facts = [expiresAt?.toISOString() ?? '-', costMinor ?? '-', note ?? '-'].join(' ')
        return `${row.line} ${secret}${facts === '- - -' ? '' : ` | ${facts}`}`
      })
      expect(units).toEqual(rows)
    }
  })

  test('is what the script makes, each of them', () => {
    const made = stockFixtures()
    expect([...made.keys()].toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
    for (const [name, bytes] of made) expect(fixture(name).equals(bytes), name).toBe(true)
  })
})
