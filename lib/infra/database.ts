import { Client } from 'pg'
import { ConfigError, env } from '@/lib/infra/env'
import { openEmbeddedPostgres } from '@/lib/infra/embedded-postgres'

const OLDEST_VERSION = 15

export type OpenedDatabase = { url: string; embedded: boolean; close: () => Promise<void> }

/**
 * Makes sure that there is a database to talk to: checks the operator's DATABASE_URL (reachable, PostgreSQL 15 or newer) or
 * opens the embedded server. Close it when done; an embedded server that others still use stays.
 */
export async function openDatabase(): Promise<OpenedDatabase> {
  const { DATABASE_URL, KEYBOND_DATA_DIR } = env()
  if (DATABASE_URL) {
    await requireUsable(DATABASE_URL)
    return { url: DATABASE_URL, embedded: false, close: () => Promise.resolve() }
  }
  const { url, close } = await openEmbeddedPostgres(KEYBOND_DATA_DIR)
  return { url, embedded: true, close }
}

/** Refuses an address that leads to no database we can work with: unreachable, or older than PostgreSQL 15. */
export async function requireUsable(url: string): Promise<void> {
  const { host, pathname } = new URL(url)
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version")
    const version = rows[0]?.version ?? 'unknown'
    if (!(Number.parseInt(version, 10) >= OLDEST_VERSION)) {
      throw new ConfigError(`DATABASE_URL leads to PostgreSQL ${version}; Keybond needs ${OLDEST_VERSION} or newer.`)
    }
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new ConfigError(`DATABASE_URL cannot be used (database ${pathname.slice(1)} at ${host}): ${reason(error)}.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

function reason(error: unknown): string {
  if (error instanceof AggregateError) return reason(error.errors[0])
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'ECONNREFUSED') return 'nothing listens there'
  if ('code' in error && error.code === 'ENOTFOUND') return 'the host name is not known'
  return error.message
}
