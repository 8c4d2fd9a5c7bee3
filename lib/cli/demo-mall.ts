import { spawn } from 'node:child_process'
import { Client } from 'pg'
import { signalGroup, Stop } from './progress.mjs'

const MARK = 'keybond: the demo mall is being made'

/**
 * Wipes a database whose demo mall was never finished, because somebody stopped the first start half-way. Nothing else can
 * be in it: the mall opens only after the mark is gone. True when it wiped.
 */
export async function wipeUnfinishedDemo(databaseUrl: string): Promise<boolean> {
  return onDatabase(databaseUrl, async (client) => {
    const { rows } = await client.query<{ mark: string | null }>(
      "SELECT obj_description('public'::regnamespace, 'pg_namespace') AS mark",
    )
    if (rows[0]?.mark !== MARK) return false
    await client.query('DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    return true
  })
}

/** Whether this is a mall that nobody has ever put anything into. */
export async function isEmpty(databaseUrl: string): Promise<boolean> {
  return onDatabase(databaseUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM "user" UNION ALL SELECT FROM merchant LIMIT 1')
    return rowCount === 0
  })
}

/** Makes the demo mall by running the seed command; interrupted anywhere, the next start begins it anew. */
export async function makeDemoMall(databaseUrl: string, stop: AbortSignal): Promise<void> {
  await mark(databaseUrl, MARK)
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/seed.ts'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  stop.addEventListener('abort', () => signalGroup(child, 'SIGTERM'))
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
  if (code !== 0)
    throw new Stop(`The demo mall could not be made.\n${output.trimEnd().split('\n').slice(-25).join('\n')}`)
  await mark(databaseUrl, null)
}

async function mark(databaseUrl: string, text: string | null): Promise<void> {
  await onDatabase(databaseUrl, (client) =>
    client.query(`COMMENT ON SCHEMA public IS ${text === null ? 'NULL' : client.escapeLiteral(text)}`),
  )
}

async function onDatabase<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
