import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { type CsvColumn, toCsv } from '@/lib/infra/documents'
import { InvariantViolation } from '@/lib/kernel/invariant'

interface Row {
  readonly name: string | null
  readonly minor: number | null
  readonly at: Date | null
}

const COLUMNS: CsvColumn<Row>[] = [
  { title: '名称', text: (row) => row.name },
  { title: '金额', minor: (row) => row.minor },
  { title: '字数', count: (row) => row.name?.length ?? null },
  { title: '时间', at: (row) => row.at },
]

const csv = async (rows: Iterable<Row>) =>
  Buffer.from(await new Response(toCsv(COLUMNS, rows)).arrayBuffer()).toString('utf8')
const named = (name: string): Row => ({ name, minor: null, at: null })
const cellsOf = async (names: string[]) =>
  (await csv(names.map(named)))
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.slice(0, line.lastIndexOf(',', line.lastIndexOf(',', line.lastIndexOf(',') - 1) - 1)))

test('the file begins with a byte order mark, ends its lines with CRLF and writes amounts, moments and gaps plainly', async () => {
  const at = new Date('2026-11-22T09:24:05.120Z')
  expect(
    await csv([
      { name: '点卡', minor: 123_456, at },
      { name: null, minor: null, at: null },
    ]),
  ).toBe('\uFEFF名称,金额,字数,时间\r\n点卡,1234.56,2,2026-11-22T09:24:05.120Z\r\n,,,\r\n')
  expect(await csv([])).toBe('\uFEFF名称,金额,字数,时间\r\n')
})

test('amounts stay numbers: two decimals, a plain minus, no rounding at any size', async () => {
  const minors = [0, 5, -5, 10, -1_230, Number.MAX_SAFE_INTEGER]
  const lines = (await csv(minors.map((minor) => ({ name: null, minor, at: null })))).split('\r\n')
  expect(lines.slice(1, -1)).toEqual([',0.00,,', ',0.05,,', ',-0.05,,', ',0.10,,', ',-12.30,,', ',90071992547409.91,,'])
  await expect(csv([{ name: null, minor: 0.5, at: null }])).rejects.toThrow(InvariantViolation)
})

test('commas, quotes and line breaks are quoted', async () => {
  expect(await cellsOf(['a,b', 'say "hi"', 'plain', ' kept '])).toEqual(['"a,b"', '"say ""hi"""', 'plain', ' kept '])
  expect(await csv([named('two\r\nlines')])).toContain('"two\r\nlines"')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1', '－1', "=cmd|' /C calc'!A0"])(
  'a spreadsheet does not run %j',
  async (name) => expect(await cellsOf([name])).toEqual([`'${name}`]),
)

test('a formula behind a quoted line break or comma is neutralised inside its quotes', async () => {
  expect(await cellsOf(['=A1,B1', '=HYPERLINK("http://x","y")'])).toEqual([
    '"\'=A1,B1"',
    '"\'=HYPERLINK(""http://x"",""y"")"',
  ])
  expect(await csv([named('\r=1')])).toContain('"\'\r=1"')
})

test('200,000 rows are made as they are read and never stand in memory together', async () => {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  const heap = () => {
    if (typeof collect === 'function') Reflect.apply(collect, undefined, [])
    return process.memoryUsage().heapUsed
  }
  const count = 200_000
  let made = 0
  async function* rows(): AsyncGenerator<Row> {
    for (; made < count; made += 1) yield { name: `${made} ${'卡'.repeat(200)}`, minor: made, at: null }
  }
  const before = heap()
  let bytes = 0
  let read = -1
  let highest = 0
  let ahead = 0
  let chunks = 0
  for await (const chunk of toCsv(COLUMNS, rows())) {
    bytes += chunk.byteLength
    read += chunk.filter((byte) => byte === 10).length
    ahead = Math.max(ahead, made - read)
    if ((chunks += 1) % 250 === 0) highest = Math.max(highest, heap())
  }
  expect(read).toBe(count)
  expect(bytes).toBeGreaterThan(100 * 1024 * 1024)
  expect(ahead).toBeLessThan(1_000)
  expect(highest - before).toBeLessThan(8 * 1024 * 1024)
})

test('when the reader goes away the rows are closed; when the rows fail the file fails', async () => {
  let closed = false
  async function* rows(): AsyncGenerator<Row> {
    try {
      for (;;) yield named('x'.repeat(100))
    } finally {
      closed = true
    }
  }
  const reader = toCsv(COLUMNS, rows()).getReader()
  await reader.read()
  await reader.cancel()
  expect(closed).toBe(true)
  function* failing(): Generator<Row> {
    yield named('first')
    throw new Error('the database went away')
  }
  await expect(csv(failing())).rejects.toThrow('the database went away')
})
