import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { Scratch } from '@/lib/stock-files/xlsx/scratch'
import { readStock } from '@/lib/stock-files'
import { workbookOf, workbookParts, zipOf } from '@/tests/fixtures/stock/write-workbook'
import { inPieces, rowsOf, seenOf, XLSX } from './uploads'

const text = (ref: string, value: string) => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
const MANY = Array.from({ length: 5_000 }, (_, n) => `<row r="${n + 1}">${text(`A${n + 1}`, `CODE-${n}`)}</row>`).join(
  '',
)

describe('a workbook', () => {
  test('gives the rows of its first sheet, stored or packed, by their numbers in the sheet', async () => {
    const input = {
      rows: `<row r="2">${text('A2', 'A')}${text('C2', 'C')}</row><row r="3"/><row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>`,
      strings: '<si><t>zero</t></si><si><t>one</t></si>',
    }
    for (const packed of [false, true]) {
      expect(await seenOf(workbookOf(input, packed), XLSX, 100)).toEqual(['2: A /  / C', '4: one / zero'])
    }
  })

  test('shows numbers as they were entered: no exponent, zeros in front, no noise, and doubts what was rounded', async () => {
    const cells = [
      ['<v>1E+15</v>', '1000000000000000', true],
      ['<v>1.23456789012345E+14</v>', '123456789012345', false],
      ['<v>6.2202020123456797E+18</v>', '6220202012345679700', true],
      ['<v>9007199254740991</v>', '9007199254740991', false],
      ['<v>12.300000000000001</v>', '12.3', false],
      ['<v>0.29999999999999998</v>', '0.3', false],
      ['<v>1.0000000000000001E-2</v>', '0.01', false],
    ] as const
    for (const [value, shown, rounded] of cells) {
      const [row] = await rowsOf(workbookOf({ rows: `<row r="1"><c r="A1">${value}</c></row>` }), XLSX, 1000)
      expect(row).toMatchObject({ fields: [shown], rounded: rounded ? [0] : null })
    }
    const formatted = { rows: '<row r="1"><c r="A1" s="2"><v>42</v></c></row>', formatCodes: ['00000000'] }
    expect(await seenOf(workbookOf(formatted), XLSX, 1000)).toEqual(['1: 00000042'])
  })

  test('shows dates by their format, from 1900 or 1904', async () => {
    const rows =
      '<row r="1"><c r="A1" s="1"><v>48213</v></c><c r="B1" s="2"><v>48213.5</v></c><c r="C1" s="3"><v>48213</v></c><c r="D1"><v>48213</v></c></row>'
    const formatCodes = ['yyyy"年"m"月"d"日"', '[Red]0.00"day"']
    expect(await seenOf(workbookOf({ rows, formatCodes }), XLSX, 1000)).toEqual([
      '1: 2031-12-31 / 2031-12-31 12:00:00 / 48213 / 48213',
    ])
    const old = rows.replaceAll('48213', '46751')
    expect(await seenOf(workbookOf({ rows: old, formatCodes, from1904: true }), XLSX, 1000)).toEqual([
      '1: 2031-12-31 / 2031-12-31 12:00:00 / 46751 / 46751',
    ])
  })

  test('takes the results of formulas, nothing of errors, and all runs of a text', async () => {
    const rows = `<row r="1"><c r="A1" t="str"><f>X&amp;"Y"</f><v>XY</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1"><f>NOW()</f></c><c r="D1" t="s"><v>0</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="s"><v>99</v></c></row>`
    const strings =
      '<si><r><t>&lt;a&#x26;</t></r><r><rPr><b/></rPr><t>b_x0041_</t></r><rPh sb="0"><t>reading</t></rPh></si>'
    expect(await rowsOf(workbookOf({ rows, strings }), XLSX, 1000)).toMatchObject([
      { fields: ['XY', '', '', '<a&bA', 'TRUE', ''] },
    ])
  })

  test('may be empty', async () => {
    expect(await rowsOf(workbookOf({ rows: '' }), XLSX, 1000)).toEqual([])
  })

  test('with more texts than are kept at hand finds each, in any order', async () => {
    const count = 30_000
    const name = (n: number) => `${n}-${'x'.repeat(300)}`
    const strings = Array.from({ length: count }, (_, n) => `<si><t>${name(n)}</t></si>`).join('')
    const order = Array.from({ length: 200 }, (_, n) => (n * 7_919) % count)
    const rows = order.map((n) => `<row><c t="s"><v>${n}</v></c></row>`).join('')
    const read = await rowsOf(workbookOf({ rows, strings }, true), XLSX, 100_000)
    expect(read.map(({ fields }) => fields[0])).toEqual(order.map(name))
  })

  test('that is damaged inside gives the rows before the damage and says so', async () => {
    const parts = workbookParts({ rows: MANY })
    const whole = workbookOf({ rows: MANY })
    const wrongSize = zipOf(
      parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, claimedSize: 200_000 } : part)),
      true,
    )
    const cutXml = zipOf(
      parts.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, bytes: part.bytes.slice(0, 150_000) } : part)),
      true,
    )
    for (const damaged of [wrongSize, cutXml]) {
      const rows = await rowsOf(damaged, XLSX, 100_000)
      expect(rows.length).toBeGreaterThan(1_000)
      expect(rows.at(-1)?.fault).toBe('unreadable-rest')
      expect(rows.slice(0, -1).every(({ fault }) => fault === null)).toBe(true)
    }
    await expect(rowsOf(whole.subarray(0, 5_000), XLSX, 1000)).rejects.toMatchObject({ reason: 'broken-archive' })
    await expect(rowsOf(zipOf([{ name: 'a.txt', bytes: 'A' }]), XLSX, 100)).rejects.toMatchObject({
      reason: 'not-a-workbook',
    })
  })
})

describe('a workbook that means harm', () => {
  test('does not unpack further than its packed size allows', async () => {
    const bomb = workbookOf({ rows: `<row r="1">${text('A1', 'A')}</row>${' '.repeat(60_000_000)}` }, true)
    expect(bomb.length).toBeLessThan(100_000)
    await expect(rowsOf(bomb, XLSX, 100_000)).rejects.toMatchObject({ reason: 'unpacks-too-far' })
    const limits = { unpackedBytes: 100_000 }
    await expect(rowsOf(workbookOf({ rows: MANY }, true), { ...XLSX, limits }, 100_000)).rejects.toMatchObject({
      reason: 'unpacks-too-far',
    })
  })

  test('declares no entities: the part is not read on', async () => {
    const sheetHead = '<!DOCTYPE x [<!ENTITY a "AAAA"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    const rows = `<row r="1">${text('A1', '&b;')}</row>`
    expect(await seenOf(workbookOf({ rows, sheetHead }), XLSX, 1000)).toEqual(['1: unreadable-rest'])
    expect(await seenOf(workbookOf({ rows }), XLSX, 1000)).toEqual(['1: unreadable-rest'])
  })

  test('is not kept when it is too large, and a cell is cut off at the limit', async () => {
    const upload = workbookOf({
      rows: `<row r="1">${text('A1', 'x'.repeat(500_000))}</row><row r="2">${text('A2', 'B')}</row>`,
    })
    await expect(rowsOf(upload, { ...XLSX, limits: { workbookBytes: 1_000 } }, 100)).rejects.toMatchObject({
      reason: 'too-large',
    })
    expect(await seenOf(upload, XLSX, 10_000)).toEqual(['1: too-long', '2: B'])
  })
})

describe('a scratch', () => {
  test('gives back any part of what was written', async () => {
    const scratch = new Scratch()
    const bytes = Buffer.from(Array.from({ length: 12_000_000 }, (_, n) => (n * 31 + (n >> 8)) & 255))
    for (let at = 0; at < bytes.length; at += 99_991) await scratch.append(bytes.subarray(at, at + 99_991))
    for (const [start, end] of [
      [0, 10],
      [65_530, 65_540],
      [0, 12_000_000],
      [11_999_999, 12_000_000],
      [5, 5],
      [8_000_000, 8_200_000],
    ] as const) {
      expect((await scratch.read(start, end)).equals(bytes.subarray(start, end))).toBe(true)
    }
    await scratch.close()
  })

  test.skipIf(!existsSync('/proc/self/fd'))(
    'holds no readable byte and no name, and is gone when reading stops early',
    async () => {
      const held = () =>
        readdirSync('/proc/self/fd').flatMap((fd) => {
          const file = path.join('/proc/self/fd', fd)
          return existsOpen(file) ? [file] : []
        })
      const scratch = new Scratch()
      await scratch.append(Buffer.from('PLAIN-CODE-'.repeat(20_000)))
      const [file = ''] = held()
      expect(readFileSync(file).length).toBeGreaterThan(100_000)
      expect(readFileSync(file).includes('PLAIN-CODE')).toBe(false)
      await scratch.close()
      expect(held()).toEqual([])

      for await (const row of readStock(inPieces(workbookOf({ rows: MANY }), 10_000), XLSX)) {
        expect(row.line).toBe(1)
        break
      }
      expect(held()).toEqual([])
    },
  )
})

/** An open file of a scratch, whose name is gone already. */
function existsOpen(file: string): boolean {
  try {
    return /keybond-[\da-f]{24} \(deleted\)$/u.test(readlinkSync(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false
    throw error
  }
}
