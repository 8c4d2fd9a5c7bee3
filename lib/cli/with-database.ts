import { spawn } from 'node:child_process'
import { runCommand } from '@/lib/cli/run'
import { openDatabase } from '@/lib/infra/database'
import { ConfigError } from '@/lib/infra/env'
import { applyMigrations } from '@/lib/infra/migrate'

/**
 * Runs another command on the configured database: opens it (starting the embedded one when nobody did), migrates it, hands
 * its address over as DATABASE_URL and closes it afterwards, however the command ended.
 */
await runCommand(async () => {
  const [script, ...args] = process.argv.slice(2)
  if (!script) throw new ConfigError('with-database needs the script to run.')
  // The command gets Ctrl-C from the terminal itself; we stay to close the database after it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  const database = await openDatabase()
  try {
    await applyMigrations(database.url)
    return await run(script, args, database.url)
  } finally {
    await database.close()
  }
})

function run(script: string, args: string[], url: string): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: url },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
