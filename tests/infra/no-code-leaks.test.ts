import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { type Db, createDb } from '@/lib/infra/db'
import { applyMigrations } from '@/lib/infra/migrate'
import { prepareHome } from '@/lib/infra/postgres/home'
import { type ThrowawayPostgres, createDatabase, openThrowawayPostgres } from '@/lib/infra/throwaway-postgres'
import { openedCodes } from '@/tests/support/opened-codes'
import { CodeSearch } from '@/tests/support/spellings'

/** The keys of the mall of this file: they stand in the environment of its processes and nowhere in its database. */
const KEYS = { master: 'a1'.repeat(32), fingerprint: 'b2'.repeat(32) }
const vault = createCdkVault(Buffer.from(KEYS.master, 'hex'), Buffer.from(KEYS.fingerprint, 'hex'))

let server: ThrowawayPostgres
let url = ''
let db: Db
let codes: string[] = []
let search: CodeSearch
let output = Buffer.alloc(0)

// A server of its own: its data folder holds this mall and nothing of other tests.
beforeAll(async () => {
  server = await openThrowawayPostgres()
  url = await createDatabase(server, 'leaks')
  await applyMigrations(url)
  db = createDb(url)
  const filled = await runScript('tests/support/fill-small-mall.ts')
  const worked = await runScript('lib/cli/worker.ts', 8_000)
  output = Buffer.concat([filled, worked])
  codes = await openedCodes(db, vault)
  search = new CodeSearch(codes)
}, 180_000)

afterAll(async () => {
  await db.$disconnect()
  await server.close()
})

/** What a process of the mall writes, logging everything it can. */
async function runScript(script: string, stopAfterMs?: number): Promise<Buffer> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: {
      ...process.env,
      DATABASE_URL: url,
      KEYBOND_DATA_DIR: server.dataDir,
      KEYBOND_MASTER_KEY: KEYS.master,
      KEYBOND_FINGERPRINT_KEY: KEYS.fingerprint,
      LOG_LEVEL: 'trace',
      DEBUG: '*',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const timer = stopAfterMs === undefined ? null : setTimeout(() => child.kill('SIGTERM'), stopAfterMs)
  const ended: Promise<unknown[]> = once(child, 'close')
  const [out, err, [code]] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended])
  if (timer) clearTimeout(timer)
  const said = Buffer.concat([out, err])
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}: ${said.toString('utf8').slice(-2_000)}`)
  return said
}

/** Every table, as text and in the binary format, in which the bytes of a column lie as they are. */
async function dump(): Promise<Buffer> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    const parts: Buffer[] = []
    for (const { name } of rows) {
      for (const format of ['text', 'binary']) {
        parts.push(await buffer(client.query(copyTo(`COPY (SELECT * FROM ${name}) TO STDOUT (FORMAT ${format})`))))
      }
    }
    return Buffer.concat(parts)
  } finally {
    await client.end()
  }
}

/** The files of the server as they lie on the disk, the write-ahead log among them. */
async function dataFolder(): Promise<{ name: string; bytes: Buffer }[]> {
  const admin = new Client({ connectionString: server.adminUrl })
  await admin.connect()
  await admin.query('CHECKPOINT')
  await admin.end()
  const { cluster } = prepareHome(server.dataDir)
  const entries = readdirSync(cluster, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => ({ name: entry.name, bytes: readFileSync(path.join(entry.parentPath, entry.name)) }))
}

async function foundOnDisk(): Promise<Set<string>> {
  const found = new Set<string>()
  for (const { bytes } of await dataFolder()) for (const code of search.in(bytes)) found.add(code)
  return found
}

test('the search finds a code in each of its spellings, wherever it begins', () => {
  const code = 'KB-7F3A-99XY'
  const one = new CodeSearch([code])
  const wide = Buffer.from(code, 'utf16le')
  const texts = [
    Buffer.from(`note: ${code}!`),
    Buffer.from('KB7F3A99XY'),
    Buffer.concat([Buffer.from([1]), wide]),
    Buffer.concat([Buffer.from([1]), Buffer.from(wide).swap16()]),
    Buffer.from(Buffer.from(code).toString('hex')),
    Buffer.from(wide.toString('hex').toUpperCase()),
    ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(Buffer.from(`${before}${code}zz`).toString('base64'))),
  ]
  for (const text of texts) expect([...one.in(text)]).toEqual([code])
  expect([...one.in(Buffer.from('KB-7F3A-99X'))]).toEqual([])
})

test('a dump without the key yields no code', { timeout: 60_000 }, async () => {
  expect(codes.length).toBeGreaterThan(500)
  const bytes = await dump()
  expect(bytes.length).toBeGreaterThan(1_000_000)
  expect([...search.in(bytes)]).toEqual([])
})

test('nor do the files of the server, its write-ahead log among them', { timeout: 120_000 }, async () => {
  const names = (await dataFolder()).map(({ name }) => name)
  expect(names.some((name) => /^[0-9A-F]{24}$/u.test(name))).toBe(true)
  expect([...(await foundOnDisk())]).toEqual([])
})

test('nor does anything that the processes of the mall logged', () => {
  expect(output.toString('utf8')).toContain('worker stopped')
  expect(output.length).toBeGreaterThan(2_000)
  expect([...search.in(output)]).toEqual([])
})

test(
  'a code that somebody wrote into a note is found by all of them: these tests can fail',
  { timeout: 120_000 },
  async () => {
    const [planted = '', hidden = ''] = codes
    const [one, other] = await db.cdk.findMany({ take: 2, orderBy: { id: 'asc' } })
    await db.cdk.update({ where: { id: one?.id ?? '' }, data: { note: `for the support: ${planted}` } })
    await db.cdk.update({ where: { id: other?.id ?? '' }, data: { fingerprint: new Uint8Array(Buffer.from(hidden)) } })
    expect([...search.in(await dump())].toSorted()).toEqual([planted, hidden].toSorted())
    expect([...(await foundOnDisk())].toSorted()).toEqual([planted, hidden].toSorted())
  },
)
