import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { APP, rememberedPort, urlFor } from '@/lib/infra/postgres/address'
import { ensureCluster, serverPid, startServer, stopServer, SUPERUSER } from '@/lib/infra/postgres/cluster'
import { joinUsers, leaveUsers, withFileLock } from '@/lib/infra/postgres/file-lock'
import { type Home, prepareHome } from '@/lib/infra/postgres/home'
import { keptSecret } from '@/lib/infra/secrets'

const RECOVERY_MS = 60_000

export type EmbeddedPostgres = {
  /** For the application: a role that owns the database and is no superuser, so that revoked privileges bind it. */
  url: string
  /** For making and dropping whole databases, in tests and shadow databases only. */
  adminUrl: string
  /** Leaves the server; it stops when no other live process of this machine uses it. */
  close: () => Promise<void>
}

export type EmbeddedOptions = {
  /** False for throw-away data: nothing is flushed to disk. */
  durable?: boolean
  maxConnections?: number
}

/**
 * Opens the PostgreSQL that lives in a data folder: joins it when it runs, starts it when it does not, makes it when it is
 * not there. Safe to call from several processes at once and after any of them was killed.
 */
export async function openEmbeddedPostgres(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const { durable = true, maxConnections = 200 } = options
  const home = prepareHome(dataDir)
  const lock = path.join(home.root, 'lock')
  const users = path.join(home.root, 'users')
  const password = keptSecret(home.root, 'admin.key')
  const settings = [
    `max_connections=${maxConnections}`,
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']),
  ]

  const port = await withFileLock(lock, async () => {
    joinUsers(users)
    await ensureCluster(home, password, durable)
    const running = await runningPort(home, password)
    const chosen = running ?? (await startServer(home, rememberedPort(home.root), settings))
    writeFileSync(path.join(home.root, 'port'), `${chosen}\n`)
    await ensureOwner(urlFor(SUPERUSER, password, chosen, 'postgres'), keptSecret(home.root, 'app.key'))
    return chosen
  })

  return {
    url: urlFor(APP, keptSecret(home.root, 'app.key'), port, APP),
    adminUrl: urlFor(SUPERUSER, password, port, 'postgres'),
    close: () =>
      withFileLock(lock, async () => {
        if (leaveUsers(users)) await stopServer(home)
      }),
  }
}

/** A server that is alive but still replaying its log after a crash answers in a moment: wait for it, do not start a second. */
async function runningPort(home: Home, password: string): Promise<number | undefined> {
  const port = rememberedPort(home.root)
  const giveUpAt = Date.now() + RECOVERY_MS
  while (port && serverPid(home) && Date.now() < giveUpAt) {
    const client = new Client({
      connectionString: urlFor(SUPERUSER, password, port, 'postgres'),
      connectionTimeoutMillis: 2_000,
    })
    try {
      await client.connect()
      const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory')
      if (rows[0]?.data_directory === home.cluster) return port
      return undefined
    } catch (error) {
      // 57P03 is "starting up"; anything else means that this is not our server on that port.
      if (!(error instanceof Error && 'code' in error && error.code === '57P03')) return undefined
      await sleep(100)
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  return undefined
}

async function ensureOwner(adminUrl: string, appPassword: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const role = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APP])
    if (role.rowCount === 0) await admin.query(`CREATE ROLE ${APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE`)
    await admin.query(`ALTER ROLE ${APP} PASSWORD ${admin.escapeLiteral(appPassword)}`)
    const database = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [APP])
    if (database.rowCount === 0) await admin.query(`CREATE DATABASE ${APP} OWNER ${APP}`)
  } finally {
    await admin.end()
  }
}
