import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Db, createDb, inTransaction } from '@/lib/infra/db'
import { inSnapshot } from '@/lib/infra/snapshot'
import { createDatabase, dropDatabase } from '@/lib/infra/throwaway-postgres'
import { type Audited, INVARIANTS, audit } from '@/lib/queries/audit'
import { fillMall } from '@/lib/seed/fill-mall'
import type { Mall } from '@/lib/seed/mall'
import { DEMO_PROOFS, aSmallMall } from '@/tests/support/demo-mall'
import { LOG_KEYS } from '@/tests/support/log-keys'
import { DAMAGES_OF_BATCHES } from './batch-damages'
import { DAMAGES_OF_COMPLAINTS } from './complaint-damages'
import { DAMAGES as OF_THE_MALL } from './damages'
import { DAMAGES_OF_IMPORTS } from './import-damages'
import { DAMAGES_OF_THE_LOG } from './log-damages'
import { someComplaints } from './some-complaints'

const NOW = new Date('2026-03-04T05:06:07.000Z')
const MIGRATIONS = readdirSync('prisma/migrations', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
)

const DAMAGES = [
  ...OF_THE_MALL,
  ...DAMAGES_OF_BATCHES,
  ...DAMAGES_OF_IMPORTS,
  ...DAMAGES_OF_THE_LOG,
  ...DAMAGES_OF_COMPLAINTS,
]
const server = inject('server')
const sound = `fsck_${randomBytes(5).toString('hex')}`
let vault: Mall['vault']

beforeAll(async () => {
  const url = await createDatabase(server, sound, server.template)
  const db = createDb(url)
  const mall = aSmallMall(db, url, NOW)
  vault = mall.vault
  await fillMall(mall, () => undefined)
  await someComplaints({ db, run: (work) => inTransaction(db, work), now: NOW })
  await db.$disconnect()
}, 180_000)

afterAll(() => dropDatabase(server.adminUrl, sound))

test('a sound mall passes, every invariant having something to look at', async () => {
  const found = await onCopy((url) => auditAt(url))
  expect(complaints(found)).toEqual([])
  expect(found.filter(({ counted }) => counted === 0).map(({ invariant }) => invariant.name)).toEqual([])
})

test('every invariant has been seen to fail', () => {
  const seen = new Set(DAMAGES.map(({ fails }) => fails[0]))
  expect(INVARIANTS.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([])
})

describe('complains of', () => {
  test.each(DAMAGES)('$what: $fails', async ({ fails, inflict }) => {
    const found = await onCopy(async (url, client) => {
      await inflict(client)
      return auditAt(url)
    })
    expect(complaints(found).toSorted()).toEqual([...fails].toSorted())
    const first = found.find(({ invariant }) => invariant.name === fails[0])
    expect(first?.verdict).toBe(first?.invariant.severity === 'error' ? 'failed' : 'warning')
    expect(first?.examples.length).toBeGreaterThan(0)
  })
})

test('a superuser is warned that nothing binds it', async () => {
  const found = await onCopy((url) => auditAt(asAdmin(url)))
  const rights = found.find(({ verdict }) => verdict !== 'ok')
  expect(rights).toMatchObject({ verdict: 'warning', invariant: { name: 'installation/append-only' } })
  expect(rights?.note).toContain('superuser')
})

function complaints(found: readonly Audited[]): string[] {
  return found.filter(({ verdict }) => verdict !== 'ok').map(({ invariant }) => invariant.name)
}

async function auditAt(url: string): Promise<Audited[]> {
  const db: Db = createDb(url, { max: 1 })
  try {
    const found: Audited[] = []
    await inSnapshot(db, (tx) =>
      audit(tx, { vault, logKeys: LOG_KEYS, migrations: MIGRATIONS, proofs: DEMO_PROOFS, now: NOW }, (audited) =>
        found.push(audited),
      ),
    )
    return found
  } finally {
    await db.$disconnect()
  }
}

/** Lends a copy of the sound mall, and a superuser on it whom no foreign key holds. */
async function onCopy<T>(work: (url: string, client: Client) => Promise<T>): Promise<T> {
  const name = `fsck_${randomBytes(5).toString('hex')}`
  const url = await createDatabase(server, name, sound)
  const client = new Client({ connectionString: asAdmin(url) })
  await client.connect()
  try {
    await client.query(`SET session_replication_role = replica`)
    return await work(url, client)
  } finally {
    await client.end()
    await dropDatabase(server.adminUrl, name)
  }
}

function asAdmin(url: string): string {
  const admin = new URL(server.adminUrl)
  admin.pathname = new URL(url).pathname
  return admin.href
}
