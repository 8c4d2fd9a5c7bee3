import type { Logger } from 'pino'
import { type ImporterTools, runImport } from '@/lib/cli/importer/run-import'
import { tidyUploads } from '@/lib/cli/importer/tidy-uploads'
import { runCommand } from '@/lib/cli/run'
import { pause } from '@/lib/cli/run-loops'
import { LeaseLost, failImport, leaseImport } from '@/lib/domain/stock-imports'
import { createBulkDb } from '@/lib/infra/bulk-db'
import { databaseUrl } from '@/lib/infra/database-url'
import { createDb, inTransaction } from '@/lib/infra/db'
import { fileStore } from '@/lib/infra/files'
import { checkKeys } from '@/lib/infra/key-check'
import { createLog } from '@/lib/infra/log'
import { backendStepsBack, stepBack } from '@/lib/infra/step-back'
import { cdkVault } from '@/lib/infra/vault'
import { newId } from '@/lib/kernel/ids'
import { HOUR_MS, MINUTE_MS } from '@/lib/kernel/time'

const LOOK_EVERY_MS = 500
/** The last look through a batch of a million. */
const TRANSACTION_MS = 10 * MINUTE_MS
/** An import that fails so often for reasons nobody expected is given up, so that others are not kept waiting by it. */
const TRIES = 5

/**
 * The importer process: takes uploads into stock, one import at a time, below everything else in priority. Any number may run: an
 * import belongs to whoever holds its lease. On SIGTERM or SIGINT it records the chunk at hand, gives the import back and ends;
 * killed, it leaves a lease that runs out within a minute.
 */
await runCommand(async () => {
  const log = createLog('importer')
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  stepBack()

  const url = databaseUrl()
  const db = createDb(url, { max: 2 })
  const bulk = createBulkDb(url, backendStepsBack)
  await checkKeys(db, new Date())
  const run: ImporterTools['run'] = (work) => inTransaction(db, work, TRANSACTION_MS)
  const tools: ImporterTools = { run, bulk: bulk.run, vault: cdkVault(), files: fileStore(), log }
  log.info('importer ready')
  process.send?.('ready')

  const beats = { imports: 0, failures: 0 }
  await Promise.all([
    takeImports(tools, beats, stopping.signal),
    tidy(tools, stopping.signal),
    tellHealth(beats, log, stopping.signal),
  ])
  await bulk.close()
  await db.$disconnect()
  log.info('importer stopped')
})

async function takeImports(
  tools: ImporterTools,
  beats: { imports: number; failures: number },
  stop: AbortSignal,
): Promise<void> {
  const failed = new Map<string, number>()
  while (!stop.aborted) {
    try {
      if (await takeOne(tools, failed, stop)) beats.imports += 1
      else await pause(LOOK_EVERY_MS, stop)
    } catch (error) {
      beats.failures += 1
      tools.log.error({ err: error }, 'import stays due')
      await pause(LOOK_EVERY_MS, stop)
    }
  }
}

/** Returns whether there was anything to take. */
async function takeOne(tools: ImporterTools, failed: Map<string, number>, stop: AbortSignal): Promise<boolean> {
  const { run, log } = tools
  const lease = await run((tx) => leaseImport(tx, newId(), new Date()))
  if (!lease) return false
  const importId = lease.id
  const beganAt = performance.now()
  log.info({ importId, state: lease.state, linesDone: lease.linesDone }, 'import taken up')
  try {
    const outcome = await runImport(tools, lease, stop)
    failed.delete(importId)
    const ms = Math.round(performance.now() - beganAt)
    const peakRssMiB = Math.round(process.resourceUsage().maxRSS / 1_024)
    log.info({ importId, outcome, ms, rssMiB: rssMiB(), peakRssMiB }, 'import put down')
  } catch (error) {
    if (error instanceof LeaseLost) {
      log.warn({ importId }, 'somebody else has this import')
      return true
    }
    const times = (failed.get(importId) ?? 0) + 1
    failed.set(importId, times)
    if (times < TRIES) throw error
    log.error({ err: error, importId }, 'import given up')
    await run((tx) => failImport(tx, lease, 'internal', new Date()))
  }
  return true
}

async function tidy(tools: ImporterTools, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      const deleted = await tidyUploads(tools, new Date())
      if (deleted > 0) tools.log.info({ deleted }, 'old uploads deleted')
    } catch (error) {
      tools.log.error({ err: error }, 'old uploads stay')
    }
    await pause(HOUR_MS, stop)
  }
}

async function tellHealth(beats: object, log: Logger, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    await pause(MINUTE_MS, stop)
    log.info({ ...beats, rssMiB: rssMiB() }, 'importer health')
  }
}

function rssMiB(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576)
}
