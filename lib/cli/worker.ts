import type { Logger } from 'pino'
import { thisBank } from '@/lib/bank/this-bank'
import { runCommand } from '@/lib/cli/run'
import { type Beats, pause, runLoops } from '@/lib/cli/run-loops'
import { type Tools, workerJobs, workerLoops } from '@/lib/cli/worker-tasks'
import { databaseUrl } from '@/lib/infra/database-url'
import { createDb, inTransaction } from '@/lib/infra/db'
import { openJobs, workOn } from '@/lib/infra/jobs'
import { env } from '@/lib/infra/env'
import { evidenceTools } from '@/lib/infra/evidence'
import { checkKeys } from '@/lib/infra/key-check'
import { createLog } from '@/lib/infra/log'
import { logKeys } from '@/lib/infra/log-key'
import { askWitness } from '@/lib/infra/log-witness'
import { mailer } from '@/lib/infra/mail'
import { paymentProvider, paymentProviders } from '@/lib/infra/payments'

const HEALTH_EVERY_MS = 60_000
const STOP_WITHIN_MS = 10_000

/**
 * The worker process: jobs from the queue and loops over what is due. Any number may run; every task is guarded in the
 * database. On SIGTERM or SIGINT it finishes what it is doing and ends.
 */
await runCommand(async () => {
  const log = createLog('worker')
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())

  const url = databaseUrl()
  const db = createDb(url)
  await checkKeys(db, new Date())
  const boss = await openJobs(url, log)
  const run: Tools['run'] = (work) => inTransaction(db, work)
  const provenance = { keys: logKeys(), witnesses: env().KEYBOND_LOG_WITNESSES, ask: askWitness }
  const mail = mailer(run)
  if (!mail) log.warn('no e-mail is sent: KEYBOND_SMTP_URL is not set')
  const providers = { provider: paymentProvider(), providers: paymentProviders(), bank: thisBank(db) }
  const tools = { run, ...providers, provenance, evidence: evidenceTools(run), mailer: mail, log }
  const jobs = workerJobs(tools)
  const loops = workerLoops(tools, boss)
  await workOn(boss, jobs, log)
  log.info({ jobs: jobs.length, loops: loops.length }, 'worker ready')
  // The parent process waits for this before it says that the mall is open.
  process.send?.('ready')

  const beats = { loops: 0, failures: 0 }
  await Promise.all([runLoops(loops, beats, log, stopping.signal), tellHealth(beats, log, stopping.signal)])

  await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS })
  await db.$disconnect()
  log.info('worker stopped')
})

async function tellHealth(beats: Beats, log: Logger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pause(HEALTH_EVERY_MS, stop)
    log.info({ ...beats, rssMiB: Math.round(process.memoryUsage.rss() / 1_048_576) }, 'worker health')
  }
}
