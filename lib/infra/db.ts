import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool, type PoolClient } from 'pg'
import { z } from 'zod'
import { PrismaClient } from '@/lib/infra/prisma/client'
import type { Tx } from '@/lib/domain/tx'
import { databaseUrl } from '@/lib/infra/database-url'

export type Db = PrismaClient

/** Options of one client. `max` bounds its connections; `onQuery` is told each statement sent (statement-budget tests). */
export interface DbOptions {
  readonly max?: number
  readonly onQuery?: (statement: string) => void
}

/** A client on `url`. Statements are prepared once per connection under a name made from their text. */
export function createDb(url: string, { max = 10, onQuery }: DbOptions = {}): Db {
  const pool = new Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000 })
  if (onQuery) {
    pool.on('connect', (client) => {
      reportStatements(client, onQuery)
    })
  }
  const statementNameGenerator = ({ sql }: { readonly sql: string }) => createHash('sha1').update(sql).digest('base64')
  return new PrismaClient({ adapter: new PrismaPg(pool, { statementNameGenerator, disposeExternalPool: true }) })
}

/** Tells of everything that goes over the wire, BEGIN and COMMIT included; Prisma's own query event leaves BEGIN out. */
function reportStatements(client: PoolClient, onQuery: (statement: string) => void): void {
  const ask = client.query.bind(client)
  const query = (...sent: readonly unknown[]): unknown => {
    const [first] = sent
    onQuery(typeof first === 'object' && first !== null && 'text' in first ? String(first.text) : String(first))
    return Reflect.apply(ask, undefined, sent)
  }
  Object.assign(client, { query })
}

const shared: { keybondDb?: Db } & typeof globalThis = globalThis

/** The process's client on the configured database; one pool also across hot reloads. */
export function db(): Db {
  shared.keybondDb ??= createDb(databaseUrl())
  return shared.keybondDb
}

const ATTEMPTS = 5
const RETRYABLE = new Set(['40001', '40P01'])

/**
 * Runs `work` in one READ COMMITTED transaction and retries it whole on serialization failure (40001) and deadlock
 * (40P01). `work` must therefore do nothing outside `tx`.
 */
export async function inTransaction<T>(client: Db, work: (tx: Tx) => Promise<T>, timeoutMs = 15_000): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.$transaction(work, { timeout: timeoutMs, maxWait: 10_000 })
    } catch (error) {
      if (attempt === ATTEMPTS || !isRetryable(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, attempt * 10 * (1 + Math.random())))
    }
  }
}

function isRetryable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === 'P2034') return true
  return RETRYABLE.has(sqlStateOf(error) ?? '')
}

const RawFailure = z.object({
  meta: z.object({ driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }) }),
})

/** The SQLSTATE of a hand-written statement that failed; Prisma's own `code` only says P2010, "a raw query failed". */
function sqlStateOf(error: unknown): string | undefined {
  return RawFailure.safeParse(error).data?.meta.driverAdapterError.cause.originalCode
}
