import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '@/lib/infra/embedded-postgres'
import { isAlive } from '@/lib/infra/postgres/file-lock'

vi.setConfig({ testTimeout: 90_000 })

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'keybond-embedded-'))
  chmodSync(dataDir, 0o755)
})
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true })
})

/** Nothing here pulls the plug of the machine, so nothing needs to be flushed to its disk. */
const open = (): Promise<EmbeddedPostgres> => openEmbeddedPostgres(dataDir, { durable: false })

const inside = (...names: string[]) => path.join(dataDir, 'postgres', ...names)
const postmaster = () => Number.parseInt(readFileSync(inside('cluster', 'postmaster.pid'), 'utf8'), 10)

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

test('what was committed survives kill -9 of the server, and the next start finds it', async () => {
  const first = await openEmbeddedPostgres(dataDir)
  await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
  process.kill(postmaster(), 'SIGKILL')

  const second = await open()
  try {
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  } finally {
    await second.close()
  }
  expect(existsSync(inside('cluster', 'postmaster.pid'))).toBe(false)
})

test('a running server is joined, not started twice, and its port is kept', async () => {
  const first = await open()
  const pid = postmaster()
  const second = await open()
  try {
    expect(postmaster()).toBe(pid)
    expect(second.url).toBe(first.url)
  } finally {
    await second.close()
  }
  const third = await open()
  expect(third.url).toBe(first.url)
  await third.close()
})

test('a server that another live process uses is left running', async () => {
  const server = await open()
  const pid = postmaster()
  // The parent of this test process stands for a second user.
  writeFileSync(inside('users', String(process.ppid)), '')
  await server.close()
  expect(isAlive(pid)).toBe(true)

  rmSync(inside('users', String(process.ppid)))
  await (await open()).close()
  expect(isAlive(pid)).toBe(false)
})

test('an initdb that was cut off and a pid file of another program do not hinder the next start', async () => {
  mkdirSync(inside('cluster.new-dead', 'base'), { recursive: true })
  await (await open()).close()
  writeFileSync(inside('cluster', 'postmaster.pid'), `${process.pid}\n`)
  writeFileSync(inside('lock'), '999999999')

  const server = await open()
  await server.close()
  expect(readdirSync(inside()).filter((name) => name.startsWith('cluster.new'))).toEqual([])
})

test('the application owns its database, is no superuser, and may make the search extension', async () => {
  const server = await open()
  try {
    await ask(server.url, 'CREATE EXTENSION pg_trgm')
    const rows = await ask(
      server.url,
      `SELECT current_setting('is_superuser') AS superuser, current_setting('server_encoding') AS encoding,
              cardinality(show_trgm('充值卡')) > 0 AS "finds Chinese"`,
    )
    expect(rows).toEqual([{ superuser: 'off', encoding: 'UTF8', 'finds Chinese': true }])
  } finally {
    await server.close()
  }
})

test('a data folder that is closed to the database user gets its cluster elsewhere', async () => {
  if (process.getuid?.() !== 0) return
  chmodSync(dataDir, 0o700)
  const first = await open()
  const elsewhere = readFileSync(path.join(dataDir, 'postgres-folder'), 'utf8').trim()
  try {
    await ask(first.url, 'CREATE TABLE kept AS SELECT 7 AS n')
    await first.close()
    const second = await open()
    expect(await ask(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
    await second.close()
  } finally {
    rmSync(elsewhere, { recursive: true, force: true })
  }
})
