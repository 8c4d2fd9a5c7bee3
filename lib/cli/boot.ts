import path from 'node:path'
import { runCommand } from '@/lib/cli/run'
import { DEMO_ACCOUNTS } from '@/lib/cli/demo-accounts'
import { makeDemoMall } from '@/lib/cli/demo-mall'
import { openMall } from '@/lib/cli/mall'
import { type OpenedDatabase, openDatabase } from '@/lib/infra/database'
import { createDb } from '@/lib/infra/db'
import { env } from '@/lib/infra/env'
import { checkKeys } from '@/lib/infra/key-check'
import { mailboxIsOpen } from '@/lib/infra/mail'
import { applyMigrations } from '@/lib/infra/migrate'
import { SECRET_NAMES, secret } from '@/lib/infra/secrets'
import { stateOfMall } from '@/lib/seed/fill-mall'
import { step } from './progress.mjs'

const IMPATIENT_MS = 3_000

/**
 * The second half of `npm start`, after everything is installed and built: opens the database, brings it up to date, makes
 * the demo mall in an empty one, runs worker, importer and web until Ctrl-C, and then stops all of it in order.
 */
await runCommand(async () => {
  const stopping = stopSignal()
  const begun = Number(process.env.STARTED_AT ?? Date.now())
  // Read before anything is opened: a mistake in the settings must not leave a database running.
  const { KEYBOND_MODE } = env()
  const database = await step('open the database', openDatabase)
  try {
    const fresh = await prepare(database, KEYBOND_MODE === 'demo', stopping)
    if (stopping.aborted) return 130
    return await serve(database, begun, fresh, stopping)
  } finally {
    await step('stop', database.close)
  }
})

/** Migrations, secrets, demo data; each safe to be cut off and run again. True when a demo mall was made. */
async function prepare({ url }: OpenedDatabase, demo: boolean, stopping: AbortSignal): Promise<boolean> {
  await step('apply migrations', () => applyMigrations(url))
  const db = createDb(url, { max: 1 })
  try {
    await checkKeys(db, new Date())
    for (const name of SECRET_NAMES) secret(name)
    if (stopping.aborted || !demo || (await stateOfMall(db)) === 'not-empty') return false
  } finally {
    await db.$disconnect()
  }
  await step('make the demo mall', () => makeDemoMall(url, stopping)).catch((error: unknown) => {
    if (!stopping.aborted) throw error
  })
  return true
}

async function serve(database: OpenedDatabase, begun: number, fresh: boolean, stopping: AbortSignal): Promise<number> {
  const { HOST: host, PORT: port, KEYBOND_URL, KEYBOND_DATA_DIR, KEYBOND_MODE } = env()
  const dev = process.argv[2] === 'dev'
  const options = {
    databaseUrl: database.url,
    dataDir: path.resolve(KEYBOND_DATA_DIR),
    host,
    port,
    publicUrl: KEYBOND_URL,
  }
  const mall = await step('open the mall', () =>
    openMall({ ...options, dev, loud: KEYBOND_MODE === 'production' }, stopping),
  )
  try {
    if (!stopping.aborted) printWelcome(KEYBOND_URL, fresh, (Date.now() - begun) / 1000)
    const aborted = new Promise<undefined>((resolve) => {
      if (stopping.aborted) resolve(undefined)
      else stopping.addEventListener('abort', () => resolve(undefined))
    })
    const [, web] = mall.children
    const code = await Promise.race([aborted, web?.gone])
    if (code === undefined) return 0
    console.error(`The web process ended by itself (exit code ${code}); see ${web?.logFile}.`)
    return 1
  } finally {
    await step('close the mall', mall.stop)
  }
}

function printWelcome(url: string, fresh: boolean, seconds: number): void {
  const { KEYBOND_DATA_DIR, KEYBOND_MODE } = env()
  const mailbox = mailboxIsOpen() ? `  Mailbox    ${url}/mailbox      (e-mails that would be sent)\n` : ''
  console.log(`
Keybond is open, ${seconds.toFixed(1)} s after the start${fresh ? ', with a fresh demo mall' : ''}.

  Mall       ${url}      (English: ${url}/en)
  Merchants  ${url}/merchant
  Operators  ${url}/admin
${mailbox}  Data       ${path.resolve(KEYBOND_DATA_DIR)}      (logs in log/, generated secrets in secrets/)
`)
  if (KEYBOND_MODE === 'demo') {
    console.log('  Demo accounts')
    for (const { role, email, password } of DEMO_ACCOUNTS) {
      console.log(`    ${role.toLowerCase().padEnd(10)}  ${email.padEnd(28)}  ${password}`)
    }
  }
  console.log('\n  Ctrl-C stops everything.')
}

/** The first signal asks for an orderly end; another one, well after it, ends us at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController()
  let askedAt = 0
  const stop = () => {
    if (askedAt && Date.now() - askedAt > IMPATIENT_MS) process.exit(130)
    askedAt ||= Date.now()
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  process.on('disconnect', stop)
  return controller.signal
}
