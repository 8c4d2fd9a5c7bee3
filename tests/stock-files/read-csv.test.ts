import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CSV, rowsOf, seenOf } from './uploads'

describe('CSV', () => {
  test('reads quoted fields with separators, breaks and quotes in them, and counts lines of the file', async () => {
    const text = 'a,"b, c"\r\n"two\r\nlines","say ""hi"""\r\n"x" , "y"\nlast,\n'
    for (const size of [1, 2, 5, 1000]) {
      expect(await rowsOf(text, CSV, size)).toMatchObject([
        { line: 1, fields: ['a', 'b, c'] },
        { line: 2, fields: ['two\r\nlines', 'say "hi"'] },
        { line: 4, fields: ['x', 'y'] },
        { line: 5, fields: ['last', ''] },
      ])
    }
  })

  test('gives back what was written, however the bytes arrive', async () => {
    const cell = fc
      .array(fc.constantFrom('a', ',', '"', '\n', '\r\n', '卡', ' ', '1'), { maxLength: 6 })
      .map((all) => all.join('').trim())
    const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 11 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (rows, size, end) => {
          const text = rows
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + end)
            .join('')
          const read = await rowsOf(text, CSV, size)
          expect(read.map(({ fields, fault }) => ({ fields, fault }))).toEqual(
            rows.map((fields) => ({ fields, fault: null })),
          )
        },
      ),
    )
  })

  test('lets a stray quote cost its own line and nothing else', async () => {
    expect(await seenOf('a,1\n"b,2\nc,3\nd,4\n', CSV, 4)).toEqual([
      '1: a / 1',
      '2: bad-quoting',
      '3: c / 3',
      '4: d / 4',
    ])
    expect(await seenOf('"a"b,1\nc,3\n', CSV, 4)).toEqual(['1: bad-quoting', '2: c / 3'])
    const long = `"never closed\n${'code,1\n'.repeat(50)}`
    const rows = await rowsOf(long, { ...CSV, limits: { rowChars: 100 } }, 16)
    expect(rows[0]?.fault).toBe('bad-quoting')
    expect(rows.slice(1).filter(({ fault }) => fault === null)).toHaveLength(50)
    expect(rows.at(-1)?.line).toBe(51)
  })

  test('tells a record that is too long and goes on behind it', async () => {
    const text = `a\n${'x'.repeat(5_000)}\r\nb\n"${'y'.repeat(150)}"\nc\n`
    for (const size of [1, 64, 10_000]) {
      expect(await seenOf(text, { ...CSV, limits: { rowChars: 100 } }, size)).toEqual([
        '1: a',
        '2: too-long',
        '3: b',
        expect.stringMatching(/^4: (?:too-long|bad-quoting)$/u),
        '5: c',
      ])
    }
  })

  test('keeps quotes inside unquoted fields, and takes other separators', async () => {
    expect(await seenOf('5" disk;x\n', { ...CSV, separator: ';' })).toEqual(['1: 5" disk / x'])
    expect(await seenOf('"a\tb"\tc\n', { ...CSV, separator: '\t' })).toEqual(['1: a\tb / c'])
  })

  test('takes the first row for names when one of them is known and none looks like a unit', async () => {
    const auto = { ...CSV, header: 'auto' } as const
    expect(await rowsOf('Secret,shelf\nAAA,1\n', auto)).toMatchObject([{ line: 2, columns: ['Secret', 'shelf'] }])
    expect(await rowsOf('AAA,1\nBBB,2\n', auto)).toMatchObject([{ line: 1, columns: null }, { line: 2 }])
    expect(await rowsOf('key,90000000001\n', auto)).toMatchObject([{ line: 1 }])
  })
})
