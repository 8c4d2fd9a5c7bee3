import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeText } from '@/tests/fixtures/stock/encode-text'
import { LINES, rowsOf, seenOf } from './uploads'

describe('lines', () => {
  test.each([
    ['LF', 'A\nB\n\nC\n'],
    ['CRLF', 'A\r\nB\r\n\r\nC\r\n'],
    ['CR', 'A\rB\r\rC\r'],
    ['all of them in one file', 'A\r\nB\n\rC'],
  ])('end with %s', async (_, text) => {
    for (const size of [1, 2, 3, 100]) {
      expect(await seenOf(text, LINES, size)).toEqual(['1: A', '2: B', '3: ', '4: C'])
    }
  })

  test('are the same however the bytes arrive', async () => {
    const upload = fc.array(fc.constantFrom('A', '卡密', '\r', '\n', '----', ' ', '😀', '"', '\uFEFF'), {
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(upload, fc.integer({ min: 1, max: 9 }), async (parts, size) => {
        const text = parts.join('')
        const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u)
        if (lines.at(-1) === '') lines.pop()
        const rows = await rowsOf(text, LINES, size)
        expect(rows.map(({ fields }) => fields[0])).toEqual(lines.map((line) => line.trim()))
        expect(rows.map(({ line }) => line)).toEqual(lines.map((_, at) => at + 1))
      }),
    )
  })

  test('lose byte order marks and zero-width marks at their ends, also in the middle of a file of files', async () => {
    expect(await seenOf('\uFEFFA\n\uFEFFB\nC\u200B\n', LINES)).toEqual(['1: A', '2: B', '3: C'])
  })

  test('are cut at the separator, empty fields kept and the rest past the most columns kept together', async () => {
    expect(await seenOf('a----b--------d\n', { ...LINES, separator: '----' })).toEqual(['1: a / b /  / d'])
    const [row] = await rowsOf(Array.from({ length: 100 }, (_, n) => n).join('|'), { ...LINES, separator: '|' })
    expect(row?.fields).toHaveLength(64)
    expect(row?.fields.at(-1)).toBe(Array.from({ length: 37 }, (_, n) => n + 63).join('|'))
  })

  test('that are too long are told, shown in part and not held', async () => {
    const text = `A\n${'x'.repeat(100_000)}\nB\n${'y'.repeat(30)}`
    for (const size of [10, 64 * 1024, 1_000_000]) {
      const rows = await rowsOf(text, { ...LINES, limits: { rowChars: 20 } }, size)
      expect(rows.map(({ fault }) => fault)).toEqual([null, 'too-long', null, 'too-long'])
      expect(rows[1]?.fields[0]?.length).toBeLessThanOrEqual(120)
    }
  })

  test('take names of columns from the first line only when it is nothing but names', async () => {
    const named = await rowsOf('\n账号----密码\nu----p\n', { ...LINES, separator: '----', header: 'auto' })
    expect(named).toMatchObject([
      { line: 1, fields: [''] },
      { line: 3, fields: ['u', 'p'], columns: ['账号', '密码'] },
    ])
    expect(await seenOf('user----secret1\n', { ...LINES, separator: '----', header: 'auto' })).toHaveLength(1)
    expect(await seenOf('first\nsecond\n', { ...LINES, header: true })).toEqual(['2: second'])
  })
})

describe('bytes that the encoding does not know', () => {
  const good = Buffer.from('A\nB\n')

  test.each([
    ['utf-8', Buffer.from([0xe4, 0xbd])],
    ['utf-8', Buffer.from([0xff])],
    ['gb18030', Buffer.from([0xbf])],
    ['gb18030', Buffer.from([0x81, 0x30, 0x81])],
    ['big5', Buffer.from([0xa4])],
    ['big5', Buffer.from([0x80])],
    ['big5', Buffer.from([0xff])],
  ] as const)('%s: condemn their line and no other', async (encoding, bad) => {
    for (const size of [1, 2, 50]) {
      const upload = Buffer.concat([good, Buffer.from('x'), bad, Buffer.from('\ny'), bad, Buffer.from('\n'), good])
      expect(await seenOf(upload, { ...LINES, encoding }, size)).toEqual([
        '1: A',
        '2: B',
        '3: bad-encoding',
        '4: bad-encoding',
        '5: A',
        '6: B',
      ])
    }
  })

  test('are found in the same lines however the bytes arrive', async () => {
    const bytes = fc.array(fc.constantFrom(0x81, 0x30, 0x0a, 0x41, 0xbf, 0xa8, 0xff, 0x39, 0x80, 0xfe, 0x2d), {
      maxLength: 30,
    })
    const encodings = fc.constantFrom('utf-8', 'gb18030', 'big5', 'utf-16le', 'utf-16be')
    await fc.assert(
      fc.asyncProperty(bytes, encodings, fc.integer({ min: 1, max: 6 }), async (bytes, encoding, size) => {
        const upload = Uint8Array.from(bytes)
        const options = { ...LINES, encoding }
        expect(await rowsOf(upload, options, size)).toEqual(await rowsOf(upload, options, 100))
      }),
      { numRuns: 400 },
    )
  })

  test.each(['utf-16le', 'utf-16be'] as const)('%s: half a pair, and half a character at the end', async (encoding) => {
    const lone = encoding === 'utf-16le' ? Buffer.from([0, 0xd8]) : Buffer.from([0xd8, 0])
    const upload = Buffer.concat([
      encodeText('A\n', encoding),
      lone,
      encodeText('\nB\n', encoding),
      Buffer.from([0x41]),
    ])
    expect(await seenOf(upload, { ...LINES, encoding })).toEqual(['1: A', '2: bad-encoding', '3: B', '4: bad-encoding'])
  })

  test('also when a file brings the replacement mark itself, or zeros of another encoding', async () => {
    expect(await seenOf('A\uFFFD\nB\0C\nD\n', LINES)).toEqual(['1: bad-encoding', '2: bad-encoding', '3: D'])
  })
})

test('rows made to keep us busy are read in one pass', { timeout: 60_000 }, async () => {
  const blanks = `a${' '.repeat(8_000)}b\n`.repeat(500)
  expect(await rowsOf(blanks, LINES, 64 * 1024)).toHaveLength(500)
  expect(await rowsOf('\r'.repeat(1_000_000), LINES, 64 * 1024)).toHaveLength(1_000_000)
  const csv = { format: 'csv', encoding: 'utf-8', separator: ',', header: false } as const
  expect(await rowsOf('\r'.repeat(1_000_000), csv, 64 * 1024)).toHaveLength(1_000_000)
  expect(await rowsOf('x"\r'.repeat(500_000), csv, 64 * 1024)).toHaveLength(500_000)
})
