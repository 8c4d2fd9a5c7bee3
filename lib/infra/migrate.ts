import { readFileSync, readdirSync, existsSync } from 'node:fs'
import path from 'node:path'
import { Client } from 'pg'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import { ConfigError } from '@/lib/infra/env'
import { type Connected, withSchemaEngine } from '@/lib/infra/prisma-schema-engine'

/** Any number will do, as long as it is always this one: it keeps two starting processes from migrating at once. */
const ADVISORY_LOCK = 4_826_003_117

const FOREIGN_TABLES = 'The database already holds tables that are not of Keybond; give it a database of its own.'

export type SchemaFolders = { schema: string; migrations: string }
const FOLDERS: SchemaFolders = { schema: 'prisma/schema', migrations: 'prisma/migrations' }
const NO_FILTER = { externalTables: [], externalEnums: [] }

/**
 * Applies the migrations that a database has not seen yet, one process at a time; returns their names. Each migration and
 * the note that it is done are one transaction: whatever kills us, the next start finds it done or not begun.
 */
export async function applyMigrations(databaseUrl: string, folders: SchemaFolders = FOLDERS): Promise<string[]> {
  const holder = new Client({ connectionString: databaseUrl })
  await holder.connect()
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    return await withSchemaEngine(databaseUrl, (connected) =>
      applyOneByOne(connected, migrationsIn(folders.migrations)),
    )
  } finally {
    // Ending the session gives the lock back, also after a failure.
    await holder.end()
  }
}

async function applyOneByOne({ engine, pool, scriptError }: Connected, all: MigrationList): Promise<string[]> {
  const applied: string[] = []
  for (let upTo = 1; upTo <= all.migrationDirectories.length; upTo++) {
    const migrationsList = { ...all, migrationDirectories: all.migrationDirectories.slice(0, upTo) }
    await pool.query('BEGIN')
    try {
      const done = await engine.applyMigrations({ migrationsList, filters: NO_FILTER })
      applied.push(...done.appliedMigrationNames)
      await pool.query('COMMIT')
    } catch (error) {
      await pool.query('ROLLBACK')
      if (isCode(error, 'P3005')) throw new ConfigError(FOREIGN_TABLES)
      const name = all.migrationDirectories[upTo - 1]?.path
      throw new Error(`Migration ${name} failed: ${scriptError()?.message ?? String(error)}`, { cause: error })
    }
  }
  return applied
}

/**
 * The SQL that would take a migrated database to what prisma/schema describes; an empty string when they agree. `databaseUrl`
 * is a database that has every migration applied. What Prisma does not know of (CHECK, privileges) is not compared.
 */
export async function diffSchema(databaseUrl: string, folders: SchemaFolders = FOLDERS): Promise<string> {
  const files = schemaFiles(folders.schema)
  const { stdout } = await withSchemaEngine(databaseUrl, ({ engine }) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { ...NO_FILTER, externalTables: ['public._prisma_migrations'] },
    }),
  )
  const script = stdout?.trim() ?? ''
  return script === '-- This is an empty migration.' ? '' : script
}

function schemaFiles(folder: string): { path: string; content: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => ({ path: path.join(folder, name), content: readFileSync(path.join(folder, name), 'utf8') }))
}

function migrationsIn(folder: string): MigrationList {
  const names = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : []
  return {
    baseDir: path.resolve(folder),
    lockfile: { path: './migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(path.join(folder, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
