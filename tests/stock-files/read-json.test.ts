import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JSON_FILE, rowsOf, seenOf } from './uploads'

describe('JSON', () => {
  test.each([
    ['a plain array', '["A","B"]'],
    ['keys', '{"shop":"x","keys":["A","B"],"count":2}'],
    ['contents, in any case and depth', '{"ok":true,"data":{"page":[],"Contents":["A","B"]}}'],
    ['numbers', '["A", "B" ]\n'],
  ])('takes the list of %s', async (_, text) => {
    for (const size of [1, 3, 100]) expect(await seenOf(text, JSON_FILE, size)).toEqual(['1: A', '2: B'])
  })

  test('keeps every digit of a number, and doubts one that was written with an exponent', async () => {
    const rows = await rowsOf('[12345678901234567890, 1e15, 0, -1.50, null, true]', JSON_FILE)
    expect(rows.map(({ fields }) => fields[0])).toEqual([
      '12345678901234567890',
      '1000000000000000',
      '0',
      '-1.5',
      '',
      'true',
    ])
    expect(rows.map(({ rounded }) => rounded)).toEqual([[0], [0], null, null, null, null])
  })

  test('gives objects a column for each member, nested ones by path, whatever their order', async () => {
    const rows = await rowsOf(
      '{"note":"of the file","items":[{"code":"A","x":{"pin":"1"}},{"x":{"pin":"2"},"code":"B","tags":["t"]}]}',
      JSON_FILE,
    )
    expect(rows).toMatchObject([
      { line: 1, fields: ['A', '1'], columns: ['code', 'x.pin'] },
      { line: 2, fields: ['B', '2', 't'], columns: ['code', 'x.pin', 'tags.1'] },
    ])
  })

  test('takes inner arrays as fields, objects a line, and texts with separators', async () => {
    expect(await seenOf('[["A","1"],["B","2"]]', JSON_FILE)).toEqual(['1: A / 1', '2: B / 2'])
    expect(await seenOf('{"code":"A"}\n{"code":"B"}\n', JSON_FILE)).toEqual(['1: A', '2: B'])
    expect(await seenOf('["A----1"]', { ...JSON_FILE, separator: '----' })).toEqual(['1: A / 1'])
  })

  test('reads the same texts as JSON.parse, however the bytes arrive', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '"', '\\', '\n', '\u0001', '卡', '😀', '/', 'é'),
      minLength: 1,
    })
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.integer({ min: 1, max: 9 }), fc.boolean(), async (texts, size, escaped) => {
        const json = JSON.stringify(texts.map((each) => `<${each}>`))
        const upload = escaped
          ? json.replaceAll(/[^\0-\u007F]/gu, (char) =>
              char
                .split('')
                .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
                .join(''),
            )
          : json
        const rows = await rowsOf(upload, JSON_FILE, size)
        expect(rows.map(({ fields }) => fields[0])).toEqual(texts.map((each) => `<${each}>`))
      }),
    )
  })

  test('says where it stops being JSON and keeps what came before', async () => {
    const bad = [
      '["A","B"',
      '["A","B"] trailing',
      '["A","B"]]',
      '["A","B",]',
      '["A","B" "C"]',
      '["A","B",nul]',
      '["A","B",{"a" 1}]',
      '["A","B","\\x"]',
      '["A","B",01]',
    ]
    for (const text of bad) {
      for (const size of [1, 100]) {
        expect(await seenOf(text, JSON_FILE, size), text).toEqual(['1: A', '2: B', '3: unreadable-rest'])
      }
    }
    expect(await seenOf(`["A","B",${'['.repeat(10_000)}`, JSON_FILE)).toEqual(['1: A', '2: B', '3: unreadable-rest'])
  })

  test('tells an entry that is too long, whether one text or many', async () => {
    const limits = { rowChars: 50 }
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`k${n}`, 'value'])))
    const text = `["A","${'x'.repeat(300_000)}",${many},"B"]`
    expect(await seenOf(text, { ...JSON_FILE, limits }, 5_000)).toEqual(['1: A', '2: too-long', '3: too-long', '4: B'])
  })

  test('condemns an entry with half a surrogate pair', async () => {
    expect(await seenOf(String.raw`["\ud83d","A"]`, JSON_FILE)).toEqual(['1: bad-encoding', '2: A'])
  })

  test('refuses a file whose arrays are none that we know', async () => {
    await expect(rowsOf('{"code":0,"whatever":["A"]}', JSON_FILE)).rejects.toMatchObject({ reason: 'no-list' })
  })
})
