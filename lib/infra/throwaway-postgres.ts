import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { APP } from '@/lib/infra/postgres/address'
import { stopServer } from '@/lib/infra/postgres/cluster'
import { isAlive } from '@/lib/infra/postgres/file-lock'
import { prepareHome } from '@/lib/infra/postgres/home'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '@/lib/infra/embedded-postgres'

const PREFIX = 'keybond-throwaway-'

export type ThrowawayPostgres = EmbeddedPostgres & { dataDir: string }

/** A real PostgreSQL in a temporary folder, for tests and schema comparisons; closing it deletes everything. */
export async function openThrowawayPostgres(): Promise<ThrowawayPostgres> {
  await removeLeftovers()
  const dataDir = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  // The server may run as another user, which must be able to walk in; what is secret inside has its own mode.
  chmodSync(dataDir, 0o755)
  const server = await openEmbeddedPostgres(dataDir, { durable: false })
  const close = async () => {
    await server.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...server, dataDir, close }
}

/** What a killed run left behind: its server still runs and its folder still takes room. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number.parseInt(name.slice(PREFIX.length), 10) : undefined
    if (owner === undefined || isAlive(owner)) continue
    const folder = path.join(tmpdir(), name)
    await stopServer(prepareHome(folder))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Makes a database on a server, empty or as a copy of another one, owned by the application's role; returns its address. */
export async function createDatabase(
  server: { url: string; adminUrl: string },
  name: string,
  template?: string,
): Promise<string> {
  await asAdmin(server.adminUrl, async (admin) => {
    const source = template === undefined ? '' : `TEMPLATE ${admin.escapeIdentifier(template)}`
    await admin.query(`CREATE DATABASE ${admin.escapeIdentifier(name)} OWNER ${APP} ${source}`)
  })
  const url = new URL(server.url)
  url.pathname = `/${name}`
  return url.href
}

/** Drops a database, throwing out whoever is still connected. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`DROP DATABASE IF EXISTS ${admin.escapeIdentifier(name)} WITH (FORCE)`)
  })
}

async function asAdmin(adminUrl: string, work: (admin: Client) => Promise<void>): Promise<void> {
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}
