import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeRows, readStock, SeenSet } from '@/lib/stock-files'
import { allOf, inPieces, LINES } from './uploads'

const MAPPING = { columns: [{ field: 'code', label: null }] } as const
const NOW = new Date('2026-11-22T00:00:00Z')
const fingerprint = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

async function verdictsOf(upload: string, seen?: SeenSet): Promise<string[]> {
  const rows = readStock(inPieces(upload), LINES)
  const judged = judgeRows(rows, MAPPING, { fingerprint, now: NOW, ...(seen && { seen }) })
  return (await allOf(judged)).map(({ line, verdict }) => `${line} ${verdict}`)
}

describe('the verdicts on a file', () => {
  test('come for every row, in order, with what the caller needs', async () => {
    expect(await verdictsOf('A\n\nB\nA\n  A\nC\n')).toEqual([
      '1 accepted',
      '2 empty',
      '3 accepted',
      '4 perhaps-twice',
      '5 perhaps-twice',
      '6 accepted',
    ])
    const judged = await allOf(judgeRows(readStock(inPieces('A\n\0x\n'), LINES), MAPPING, { fingerprint, now: NOW }))
    expect(judged).toMatchObject([
      { unit: { secret: 'A' }, fingerprint: fingerprint('A') },
      { verdict: 'bad-encoding', fields: ['\0x'] },
    ])
  })

  test('go on where they stopped when the set of what was seen is kept', async () => {
    const seen = new SeenSet()
    await verdictsOf('A\nB\n', seen)
    expect(await verdictsOf('B\nC\n', seen)).toEqual(['1 perhaps-twice', '2 accepted'])
  })
})

describe('the set of what was seen', () => {
  test('never calls new what it has seen, and with even fingerprints nothing seen that is new', () => {
    const seen = new SeenSet()
    for (let n = 0; n < 100_000; n++) expect(seen.add(fingerprint(`${n}`))).toBe(false)
    for (let n = 0; n < 100_000; n += 7) expect(seen.add(fingerprint(`${n}`))).toBe(true)
    expect(seen.size).toBe(100_000)
  })

  test('agrees with a plain set on eight bytes, zeros among them', () => {
    const bytes = fc.uint8Array({ minLength: 8, maxLength: 8, max: 2 })
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 300 }), (all) => {
        const seen = new SeenSet()
        const plain = new Set<string>()
        for (const each of all) {
          const key = each.every((byte) => byte === 0) ? '0,0,0,0,0,0,0,1' : each.join(',')
          expect(seen.add(each)).toBe(plain.has(key))
          plain.add(key)
        }
      }),
    )
  })

  test('compares nothing beyond the first eight bytes: the caller must', () => {
    const seen = new SeenSet()
    seen.add(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]))
    expect(seen.add(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 10]))).toBe(true)
  })

  test('when full calls the rest perhaps seen, never certainly new', () => {
    const seen = new SeenSet(2)
    expect(['A', 'B', 'C', 'C', 'A'].map((text) => seen.add(fingerprint(text)))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ])
  })
})
