import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { Pool, type QueryArrayConfig } from 'pg'

const CATALOG_CHAR = 18
const TEXT = 25

let ready: Promise<void> | undefined

/** The package expects a bundler to turn its .wasm into a module; from Node it is compiled by hand, once a process. */
function loadEngine(): Promise<void> {
  ready ??= (async () => {
    // Where the engine leaves its last words before it aborts.
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => process.emitWarning(text) },
    })
    const file = path.join(
      path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')),
      'schema_engine_bg.wasm',
    )
    const { instance } = await WebAssembly.instantiate(readFileSync(file), {
      './schema_engine_bg.js': withoutWaiting(),
    })
    engineModule.__wbg_set_wasm(instance.exports)
    const start = instance.exports['__wbindgen_start']
    if (typeof start === 'function') Reflect.apply(start, undefined, [])
  })()
  return ready
}

/** The engine never takes back the 10 s alarm on its own lock; left alone it keeps a finished process from ending. */
function withoutWaiting(): WebAssembly.ModuleImports {
  const alarm = (ring: () => void, delayMs: number) => setTimeout(ring, delayMs >>> 0).unref()
  const names = Object.keys(engineModule).filter((name) => name.startsWith('__wbg_setTimeout_'))
  return { ...engineModule, ...Object.fromEntries(names.map((name) => [name, alarm])) }
}

export type Connected = {
  engine: SchemaEngine
  /** The engine's own connection, for wrapping what it does in a transaction. */
  pool: Pool
  /** What PostgreSQL said about the last script that failed; the engine itself only says "external connector error". */
  scriptError: () => Error | undefined
}

/** Lends Prisma's schema engine, bound to one connection of a database, and releases both afterwards. */
export async function withSchemaEngine<T>(databaseUrl: string, work: (connected: Connected) => Promise<T>): Promise<T> {
  await loadEngine()
  // One connection: what the engine sets on its session must hold for its next statement.
  const pool = new Pool({ connectionString: databaseUrl, max: 1, idleTimeoutMillis: 0 })
  let failed: Error | undefined
  const adapter = bindMigrationAwareSqlAdapterFactory(
    forMigrations(new PrismaPg(pool), pool, (error) => (failed = error)),
  )
  try {
    const engine = await engineModule.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter)
    try {
      return await work({ engine, pool, scriptError: () => failed })
    } finally {
      engine.free()
    }
  } finally {
    await pool.end()
  }
}

/**
 * Mends two things in the adapter. It cuts scripts at every semicolon, also inside comments, strings and function bodies:
 * PostgreSQL takes a whole script at once, and then runs it as one transaction, so that a failed migration leaves nothing
 * behind. And it refuses the catalogue's one-letter type "char", which the engine reads when it describes a database.
 */
function forMigrations(
  factory: PrismaPg,
  pool: Pool,
  onFailure: (error: Error) => void,
): SqlMigrationAwareDriverAdapterFactory {
  const runScript = pool.query.bind(pool)
  const letterColumns = markLetterColumns(pool)
  const connect = async (): Promise<SqlDriverAdapter> => {
    const adapter = await factory.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    return Object.assign(adapter, {
      executeScript: async (script: string) => {
        try {
          await runScript(script)
        } catch (error) {
          if (error instanceof Error) onFailure(error)
          throw error
        }
      },
      queryRaw: async (query: SqlQuery) => {
        const result = await queryRaw(query)
        for (const column of letterColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character
        return result
      },
    })
  }
  const { provider, adapterName } = factory
  return { provider, adapterName, connect, connectToShadowDb: connect }
}

/** Passes columns of type "char" off as text, which the adapter lets through, and remembers which ones they were. */
function markLetterColumns(pool: Pool): WeakMap<unknown[][], number[]> {
  const marked = new WeakMap<unknown[][], number[]>()
  const ask = pool.query.bind(pool)
  const query = async (config: QueryArrayConfig) => {
    const result = await ask(config)
    const letters = result.fields.flatMap(({ dataTypeID }, column) => (dataTypeID === CATALOG_CHAR ? [column] : []))
    for (const field of result.fields) if (field.dataTypeID === CATALOG_CHAR) field.dataTypeID = TEXT
    if (letters.length > 0) marked.set(result.rows, letters)
    return result
  }
  Object.assign(pool, { query })
  return marked
}
