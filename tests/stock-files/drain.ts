import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { judgeRows, readStock, SeenSet, type StockMapping, type StockShape } from '@/lib/stock-files'

/**
 * Run as a program with a small heap: drains a generated upload of `amount` (MB; a workbook's path; fingerprints) and
 * prints what came of it, with the most memory the process ever had.
 * `node --max-old-space-size=48 --import tsx tests/stock-files/drain.ts lines 300 [judge]`
 */
const [format = 'lines', amount = '300', how = 'read'] = process.argv.slice(2)

interface Upload extends Partial<StockShape> {
  readonly head?: string
  readonly tail?: string
  readonly row: (code: string) => string
}

const UPLOADS: Readonly<Record<string, Upload>> = {
  lines: { row: (code) => `${code}\r\n` },
  'gbk-lines': { encoding: 'gb18030', separator: '----', row: (code) => `${code}@mail.com----${code}\n` },
  csv: { format: 'csv', separator: ',', head: 'Secret,expiry,cost\n', row: (code) => `${code},2031-12-31,1.50\n` },
  'quoted-csv': {
    format: 'csv',
    separator: ',',
    head: 'Secret,expiry,cost\n',
    row: (code) => `"${code}","2031-12-31","1.50"\n`,
  },
  json: { format: 'json', head: '{"keys":["FIRST"', tail: ']}', row: (code) => `,\n"${code}"` },
  'json-objects': {
    format: 'json',
    head: '[{}',
    tail: ']',
    row: (code) => `,{"code":"${code}","expiry":"2031-12-31"}`,
  },
  'one-line': { row: (code) => code },
  'one-quoted-line': { format: 'csv', separator: ',', head: 'x', row: (code) => `${code} ""` },
  'one-json-text': { format: 'json', head: '["', tail: '"]', row: (code) => code },
}

const mapping: StockMapping = {
  columns: (['code', 'expiry', 'cost'] as const).map((field) => ({ field, label: null })),
}
const verdicts: Record<string, number> = {}
let rows = 0
let arrayBuffers = 0
const began = performance.now()
const cpu = process.cpuUsage()

if (format === 'fingerprints') {
  globalThis.gc?.()
  const before = process.memoryUsage().arrayBuffers
  const seen = new SeenSet()
  for (let n = 0; n < Number(amount); n++)
    count(seen.add(createHash('sha256').update(`${n}`).digest()) ? 'seen' : 'new')
  // What is held, without the million digests that nobody holds any more.
  globalThis.gc?.()
  arrayBuffers = process.memoryUsage().arrayBuffers - before
  rows = seen.size
} else if (how === 'judge') {
  const fingerprint = (text: string) => new Uint8Array(createHmac('sha256', 'key').update(text).digest())
  const options = { fingerprint, now: new Date('2026-11-22T00:00:00Z') }
  for await (const { verdict } of judgeRows(read(), mapping, options)) count(verdict)
} else {
  for await (const { fault } of read()) count(fault ?? 'read')
}
const { user, system } = process.cpuUsage(cpu)
const rowsPerSecond = Math.round(rows / ((performance.now() - began) / 1_000))
// What a machine that does nothing else would reach.
const rowsPerCpuSecond = Math.round(rows / ((user + system) / 1e6))
const maxRssMb = Math.round(process.resourceUsage().maxRSS / 1_024)
console.log(
  JSON.stringify({
    rows,
    verdicts,
    maxRssMb,
    arrayBuffersMb: Math.round(arrayBuffers / 1e6),
    rowsPerSecond,
    rowsPerCpuSecond,
  }),
)

function count(verdict: string): void {
  rows += 1
  verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
  if (rows % 100_000 === 0) arrayBuffers = Math.max(arrayBuffers, process.memoryUsage().arrayBuffers)
}

function read() {
  const base: StockShape = { format: 'lines', encoding: 'utf-8', separator: null, header: 'auto' }
  if (format === 'workbook') return readStock(createReadStream(amount), { ...base, format: 'xlsx' })
  const upload = UPLOADS[format]
  if (!upload) throw new Error(`there is no ${format}`)
  return readStock(pieces(upload), { ...base, ...upload })
}

function codeOf(serial: number): string {
  return `K7QX-${serial.toString(36).toUpperCase().padStart(6, '0')}-MWZP-4RTN`
}

/** Codes that never repeat, in pieces of 64 KB. */
async function* pieces({ head = '', tail = '', row }: Upload): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(head)
  let serial = 0
  let left = Number(amount) * 1024 * 1024
  while (left > 0) {
    let text = ''
    while (text.length < 64 * 1024) {
      serial += 1
      text += row(codeOf(serial))
    }
    left -= text.length
    yield Buffer.from(text)
  }
  yield Buffer.from(tail)
}
