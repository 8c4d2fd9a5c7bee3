import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { workbookOf } from '@/tests/fixtures/stock/write-workbook'

const HEAP_MB = 48
const DRAIN = fileURLToPath(new URL('drain.ts', import.meta.url))

const Drained = z.object({
  rows: z.number(),
  verdicts: z.record(z.string(), z.number()),
  maxRssMb: z.number(),
  arrayBuffersMb: z.number(),
})

/** Drains a generated upload in a process whose heap would not hold it: one that kept what it read would die. */
async function drain(...args: string[]): Promise<z.infer<typeof Drained>> {
  const node = ['--expose-gc', `--max-old-space-size=${HEAP_MB}`, '--import', 'tsx', DRAIN, ...args]
  const { stdout } = await promisify(execFile)(process.execPath, node)
  return Drained.parse(JSON.parse(stdout))
}

describe('an upload much larger than the heap', () => {
  test.each([
    ['lines', 300, 13_600_000],
    ['quoted-csv', 80, 1_900_000],
    ['json', 80, 3_300_000],
  ])('of %s, %d MB, is read in constant memory', { timeout: 300_000 }, async (format, megabytes, least) => {
    const { rows, verdicts, arrayBuffersMb, maxRssMb } = await drain(format, `${megabytes}`)
    expect(verdicts).toEqual({ read: rows })
    expect(rows).toBeGreaterThan(least)
    expect(arrayBuffersMb).toBeLessThan(48)
    expect(maxRssMb).toBeLessThan(400)
  })

  test.each(['one-line', 'one-quoted-line', 'one-json-text'])(
    'that is %s is one row, too long',
    { timeout: 300_000 },
    async (format) => {
      const drained = await drain(format, '60')
      expect(drained.verdicts).toEqual({ 'too-long': 1 })
      expect(drained.maxRssMb).toBeLessThan(400)
    },
  )

  test('such as a workbook of 200,000 rows and as many shared texts', { timeout: 300_000 }, async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'stock-files-')), 'large.xlsx')
    writeFileSync(file, largeWorkbook(200_000))
    const drained = await drain('workbook', file)
    rmSync(path.dirname(file), { recursive: true })
    expect(drained.verdicts).toEqual({ read: 200_000 })
    expect(drained.arrayBuffersMb).toBeLessThan(64)
  })
})

test('a million fingerprints take 8 to 20 bytes each', { timeout: 300_000 }, async () => {
  const drained = await drain('fingerprints', '1000000')
  expect(drained.verdicts).toEqual({ new: 1_000_000 })
  // At most 20 MB of table, and buffers that were not collected yet when it was looked at; as strings in a Set it is beyond 100.
  expect(drained.arrayBuffersMb).toBeLessThanOrEqual(40)
})

/** Some 30 MB of sheet and texts: the sheet points at the texts from the last to the first. */
function largeWorkbook(count: number): Buffer {
  const numbers = Array.from({ length: count }, (_, n) => n)
  return workbookOf(
    {
      rows: numbers.map((n) => `<row r="${n + 1}"><c r="A${n + 1}" t="s"><v>${count - 1 - n}</v></c></row>`).join(''),
      strings: numbers
        .map((n) => `<si><t>K7QX-${n.toString(36).padStart(6, '0')}-MWZP-4RTN-${'x'.repeat(40)}</t></si>`)
        .join(''),
    },
    true,
  )
}
