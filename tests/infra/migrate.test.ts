import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { applyMigrations, diffSchema, type SchemaFolders } from '@/lib/infra/migrate'
import { createDatabase, dropDatabase } from '@/lib/infra/throwaway-postgres'

const server = inject('server')
let root = ''
let name = ''
let url = ''
let folders: SchemaFolders = { schema: '', migrations: '' }

beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'keybond-migrate-'))
  folders = { schema: path.join(root, 'schema'), migrations: path.join(root, 'migrations') }
  mkdirSync(folders.schema)
  name = `migrate_${randomBytes(4).toString('hex')}`
  url = await createDatabase(server, name)
})
afterEach(async () => {
  rmSync(root, { recursive: true, force: true })
  await dropDatabase(server.adminUrl, name)
})

function writeSchema(fields: string): void {
  const models = fields === '' ? '' : `model Card {\n  id Int @id\n${fields}\n}\n`
  writeFileSync(path.join(folders.schema, 'base.prisma'), `datasource db {\n  provider = "postgresql"\n}\n${models}`)
}

function writeMigration(called: string, sql: string): void {
  mkdirSync(path.join(folders.migrations, called), { recursive: true })
  writeFileSync(path.join(folders.migrations, called, 'migration.sql'), sql)
}

async function tables(): Promise<string[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_%' ORDER BY 1",
  )
  await client.end()
  return rows.map(({ tablename }) => tablename)
}

test('the migrations of this project make what its schema describes', async () => {
  cpSync('prisma/schema', folders.schema, { recursive: true })
  cpSync('prisma/migrations', folders.migrations, { recursive: true })
  await applyMigrations(url, folders)
  expect(await diffSchema(url, folders)).toBe('')
})

test('without migrations everything is pending, and the difference is the migration', async () => {
  writeSchema('  title String')
  expect(await applyMigrations(url, folders)).toEqual([])
  const sql = await diffSchema(url, folders)
  expect(sql).toContain('CREATE TABLE "Card"')

  writeMigration('1_first', sql)
  expect(await applyMigrations(url, folders)).toEqual(['1_first'])
  expect(await applyMigrations(url, folders)).toEqual([])
  expect(await diffSchema(url, folders)).toBe('')

  writeSchema('  title String\n  price Int')
  expect(await diffSchema(url, folders)).toContain('ADD COLUMN     "price" INTEGER')
})

test('what Prisma does not know of is kept and not reported', async () => {
  writeSchema('  title String')
  writeMigration(
    '1_first',
    `CREATE TABLE "Card" ("id" INTEGER NOT NULL, "title" TEXT NOT NULL, CONSTRAINT "Card_pkey" PRIMARY KEY ("id"),
       CHECK (length(title) > 0)); -- a comment; with a semicolon
     CREATE UNIQUE INDEX one_first ON "Card" (title) WHERE id < 10;
     DO $$ BEGIN PERFORM 1; PERFORM 2; END $$;
     REVOKE UPDATE ON "Card" FROM CURRENT_USER;`,
  )
  await applyMigrations(url, folders)
  expect(await diffSchema(url, folders)).toBe('')
})

test('a migration that fails leaves nothing behind and runs once it is mended', async () => {
  writeSchema('')
  writeMigration('1_good', 'CREATE TABLE good (id int);')
  writeMigration('2_bad', 'CREATE TABLE half (id int); SELECT nonsense;')
  await expect(applyMigrations(url, folders)).rejects.toThrow(
    'Migration 2_bad failed: column "nonsense" does not exist',
  )
  expect(await tables()).toEqual(['good'])

  writeMigration('2_bad', 'CREATE TABLE whole (id int);')
  expect(await applyMigrations(url, folders)).toEqual(['2_bad'])
  expect(await tables()).toEqual(['good', 'whole'])
})

test('of two processes that migrate at once exactly one does', async () => {
  writeSchema('')
  writeMigration('1_first', 'CREATE TABLE first (id int); SELECT pg_sleep(0.2);')
  const both = await Promise.all([applyMigrations(url, folders), applyMigrations(url, folders)])
  expect(both.toSorted((a, b) => a.length - b.length)).toEqual([[], ['1_first']])
})
