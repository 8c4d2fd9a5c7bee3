import { describe, expect, test } from 'vitest'
import { detectSeparator, previewStock, SNIFF_BYTES, sniffStock } from '@/lib/stock-files'
import { encodeText } from '@/tests/fixtures/stock/encode-text'
import { workbookOf } from '@/tests/fixtures/stock/write-workbook'
import { inPieces } from './uploads'

const sniff = (text: string, name: string | null = null) => sniffStock(Buffer.from(text), name)

describe('the encoding of an upload', () => {
  test.each([
    ['卡密\n你好\n', 'gb18030'],
    ['账号一----密码二\n账号三----密码四\n', 'gb18030'],
    ['激活码：AAAA-1111，请尽快使用\n', 'gb18030'],
    ['帳號----密碼\n王小明----abc123\n', 'big5'],
    ['序號：AAAA-1111，請儘快使用\n', 'big5'],
    ['這個遊戲點數卡請於期限內完成儲值\n', 'big5'],
  ] as const)('%s is told from its bytes', (text, encoding) => {
    expect(sniffStock(encodeText(text, encoding), null)).toMatchObject({ encoding, encodingReason: 'bytes' })
  })

  test.each(['utf-16le', 'utf-16be'] as const)('%s is told from its zeros or its mark', (encoding) => {
    expect(sniffStock(encodeText('CODE-1\n', encoding), null)).toMatchObject({ encoding, encodingReason: 'zero-bytes' })
    const marked = encodeText('\uFEFF卡密一二三', encoding)
    expect(sniffStock(marked, null)).toMatchObject({ encoding, encodingReason: 'mark' })
  })

  test('UTF-8 is told though the sample cuts a character in two, and though a line is broken', () => {
    for (const cut of [1, 2, 3]) {
      expect(sniffStock(Buffer.from('a'.repeat(100) + '密码').subarray(0, 100 + cut), null).encoding).toBe('utf-8')
    }
    const mostlyGood = Buffer.concat([
      Buffer.from('账号一\n账号二\n'),
      Buffer.from([0xff, 10]),
      Buffer.from('账号三\n'),
    ])
    expect(sniffStock(mostlyGood, null).encoding).toBe('utf-8')
  })

  test('of what is no text is refused, and so is an old workbook', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0, 0, 1, 0, 0])
    expect(() => sniffStock(png, 'codes.txt')).toThrow(expect.objectContaining({ reason: 'binary' }))
    const xls = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    expect(() => sniffStock(xls, 'codes.xls')).toThrow(expect.objectContaining({ reason: 'old-workbook' }))
  })
})

describe('the format of an upload', () => {
  test.each([
    ['[Steam] AAAA-BBBB\n[Steam] CCCC-DDDD\n', 'codes.txt', 'lines', null],
    ['{GUID-1234}\n{GUID-5678}\n', null, 'lines', null],
    [' [\n "A", "B"]', 'codes.txt', 'json', null],
    ['["a----b","c----d"]', null, 'json', '----'],
    ['a,b\nc,d\n', 'codes.csv', 'csv', ','],
    ['a;b\nc;d\n', 'codes.csv', 'csv', ';'],
    ['a----b,c\nd----e\n', 'codes.csv', 'lines', '----'],
    ['a,b\nc,d\n', 'codes.txt', 'lines', ','],
    ['"a","b"\n"c","d"\n', 'codes.txt', 'csv', ','],
    ['key\tnote\na\tb\n', 'codes.txt', 'csv', '\t'],
    ['only\n', 'codes.csv', 'csv', ','],
    ['', null, 'lines', null],
  ] as const)('%j named %s', (text, name, format, separator) => {
    expect(sniff(text, name)).toMatchObject({ format, separator })
  })

  test('is what the content says, not the name', () => {
    expect(sniff('A\nB\n', 'codes.xlsx').format).toBe('lines')
    expect(sniffStock(workbookOf({ rows: '' }), 'codes.txt').format).toBe('xlsx')
  })
})

describe('the separator', () => {
  test('is found when nearly all lines have it equally often', () => {
    expect(detectSeparator(['a----b,c----d', 'e----f,g----h'])).toBe('----')
    expect(detectSeparator(['a|b|c', 'd|e|f', '', 'g|h|i'])).toBe('|')
    expect(detectSeparator(['a\tb', 'c\td'])).toBe('\t')
  })

  test('is none when codes merely contain such marks', () => {
    expect(detectSeparator(['AAAA-BBBB', 'CCCC,DDDD', 'EEEE-FFFF'])).toBeNull()
    expect(detectSeparator(['x,y', 'x,y,z', 'x,y,z,w', 'a,b,c,d,e', 'plain'])).toBeNull()
    expect(detectSeparator([])).toBeNull()
  })

  test('is also looked for in a sheet with a single column, unless the merchant chose', async () => {
    const rows = [1, 2].map((n) => `<row r="${n}"><c r="A${n}" t="inlineStr"><is><t>u${n}----p${n}</t></is></c></row>`)
    const open = () => inPieces(workbookOf({ rows: rows.join('') }), 1000)
    expect((await previewStock(open, 'a.xlsx')).rows.map(({ fields }) => fields)).toEqual([
      ['u1', 'p1'],
      ['u2', 'p2'],
    ])
    expect((await previewStock(open, 'a.xlsx', { separator: null })).rows[0]?.fields).toEqual(['u1----p1'])
  })
})

test('a preview reads no more than it needs', async () => {
  let sent = 0
  async function* endless() {
    for (;;) {
      sent += 1
      yield Buffer.from('CODE-CODE-CODE\n'.repeat(1_000))
    }
  }
  const preview = await previewStock(endless, null)
  expect(preview.rows).toHaveLength(200)
  expect(sent).toBeLessThan(2 + (2 * SNIFF_BYTES) / 15_000)
})
