import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type CdkVault, shopIsSelling } from '@/lib/domain/stock'
import {
  type Chunk,
  CopyConflict,
  type ImportCounts,
  type InBulkTransaction,
  type LeasedImport,
  type NewBatch,
  PromiseChanged,
  type SealTarget,
  areOver,
  decideAllOrNothing,
  failImport,
  finishCheck,
  finishImport,
  recordChunk,
  renewLease,
  returnLease,
  stopImport,
  transactionsNow,
} from '@/lib/domain/stock-imports'
import type { InTransaction } from '@/lib/domain/tx'
import { FileError, type FileStore } from '@/lib/infra/files'
import { SECOND_MS } from '@/lib/kernel/time'
import { ImportChoices, StockFileError } from '@/lib/stock-files'
import { openBatch, validityOf } from './open-batch'
import { readChunks } from './read-chunks'

/** Enough that a commit costs nothing, few enough that a crash or a cancel costs little. */
const CHUNK_CDKS = 10_000
/** CDKs of one transaction, and rests of its length after it, while the shop sells. */
const STEP_CDKS = 200
const RESTS = 3
const RENEW_EVERY_MS = 20 * SECOND_MS
const CONFLICTS = 5
const OTHERS_WITHIN_MS = 120 * SECOND_MS
const OTHERS_EVERY_MS = 50

/** What an importer works with. */
export interface ImporterTools {
  /** For small statements; its transactions may last long enough to look through a batch. */
  readonly run: InTransaction
  readonly bulk: InBulkTransaction
  readonly vault: CdkVault
  readonly files: FileStore
  readonly log: Logger
  /** CDKs of one transaction. */
  readonly chunkCdks?: number
}

export type ImportOutcome = 'done' | 'checked' | 'refused' | 'cancelled' | 'failed' | 'stopped'

/**
 * Works through an import that was leased, from where it stands to its end, or until `stop`. A file that cannot be read ends it
 * (`failed`); a promise of the variant that changes gives it back, to be begun with the new one (`stopped`); LeaseLost and what nobody expected are thrown, and whoever leases it next goes on.
 */
export async function runImport(tools: ImporterTools, lease: LeasedImport, stop: AbortSignal): Promise<ImportOutcome> {
  const { run } = tools
  const renewing = setInterval(() => {
    run((tx) => renewLease(tx, lease, new Date())).catch((error: unknown) => {
      // The next chunk finds out by itself.
      tools.log.warn({ err: error, importId: lease.id }, 'lease not renewed')
    })
  }, RENEW_EVERY_MS)
  try {
    return await work(tools, lease, stop)
  } catch (error) {
    if (error instanceof PromiseChanged) {
      await run((tx) => returnLease(tx, lease))
      return 'stopped'
    }
    if (!(error instanceof StockFileError || error instanceof FileError)) throw error
    await run((tx) => failImport(tx, lease, error.reason, new Date()))
    return 'failed'
  } finally {
    clearInterval(renewing)
  }
}

async function work(tools: ImporterTools, lease: LeasedImport, stop: AbortSignal): Promise<ImportOutcome> {
  const { run } = tools
  const mustCheck = lease.state === 'CHECKING' || (lease.allOrNothing && lease.linesTotal === null)
  if (!mustCheck) return take(tools, lease, stop)
  const checked = await pass(tools, lease, { target: null, batch: null }, stop)
  if (typeof checked === 'string') return checked
  const now = new Date()
  if (lease.state === 'CHECKING') {
    await run((tx) => finishCheck(tx, lease, checked.linesTotal, now))
    return 'checked'
  }
  const decided = await run((tx) => decideAllOrNothing(tx, lease, checked, now))
  return decided === 'refused' ? 'refused' : take(tools, { ...lease, linesDone: 0, counts: {} }, stop)
}

async function take(tools: ImporterTools, lease: LeasedImport, stop: AbortSignal): Promise<ImportOutcome> {
  const { run } = tools
  const into = await openBatch(tools, lease)
  const taken = await pass(tools, lease, into, stop)
  if (typeof taken === 'string') return taken
  const moment = await run(transactionsNow)
  for (
    let waited = 0;
    waited < OTHERS_WITHIN_MS && !(await run((tx) => areOver(tx, moment)));
    waited += OTHERS_EVERY_MS
  ) {
    await sleep(OTHERS_EVERY_MS)
  }
  const batchId = (taken.counts['accepted'] ?? 0) > 0 ? into.batch.id : null
  const finished = { batchId, startedAt: lease.startedAt, linesTotal: taken.linesTotal }
  const pairs = await run((tx) => finishImport(tx, lease, finished, new Date()))
  if (pairs > 0) tools.log.warn({ importId: lease.id, pairs }, 'codes that another merchant brought at the same moment')
  return 'done'
}

interface Into {
  readonly target: SealTarget | null
  readonly batch: NewBatch | null
}

/** Reads from the beginning and records what was not recorded before; the next chunk is made while one is written. */
async function pass(
  tools: ImporterTools,
  lease: LeasedImport,
  { target, batch }: Into,
  stop: AbortSignal,
): Promise<{ readonly linesTotal: number; readonly counts: ImportCounts } | 'cancelled' | 'stopped'> {
  const { run, vault, files } = tools
  if (lease.cancelAsked) return cancelled(tools, lease)
  if (lease.fileKey === null) throw new FileError('gone')
  const { id, merchantId, leaseId } = lease
  const pace = createPace(tools.chunkCdks ?? CHUNK_CDKS, await run((tx) => shopIsSelling(tx, new Date())))
  const chunks = readChunks({
    bytes: files.openFile(lease.fileKey, vault.openBatchKey(lease.wrappedKey, lease.masterKeyVersion)),
    choices: ImportChoices.parse(lease.choices),
    vault,
    target,
    dryRun: lease.state === 'CHECKING',
    from: lease.linesDone,
    startedAt: lease.startedAt,
    validityDays: validityOf(lease),
    chunkCdks: () => pace.chunkCdks,
    stop,
  })
  let { counts, linesDone: linesTotal } = lease
  let next = chunks.next()
  try {
    for (let read = await next; !read.done; read = await next) {
      if (stop.aborted) break
      next = chunks.next()
      // Its failure is met when it is waited for, after this chunk.
      next.catch(() => undefined)
      const taken = await record(tools, { id, merchantId, leaseId }, read.value, batch)
      if (taken.cancelAsked) return await cancelled(tools, lease)
      counts = taken.counts
      await pace.rest(await run((tx) => shopIsSelling(tx, new Date())))
      linesTotal = read.value.to
    }
  } finally {
    await chunks.return()
  }
  if (stop.aborted) {
    await run((tx) => returnLease(tx, lease))
    return 'stopped'
  }
  return { linesTotal, counts }
}

/**
 * While buyers are in the shop an import goes in small steps and rests three times as long as each took, so that a checkout waits for
 * one step at most; alone it goes at full speed.
 */
function createPace(most: number, sellingNow: boolean) {
  const stepFor = (selling: boolean) => (selling ? Math.min(most, STEP_CDKS) : most)
  let chunkCdks = stepFor(sellingNow)
  let begun = performance.now()
  return {
    get chunkCdks() {
      return chunkCdks
    },
    async rest(selling: boolean): Promise<void> {
      const took = performance.now() - begun
      // The chunk at hand was large still when the first buyer came.
      if (selling) await sleep(Math.min(RESTS * took, SECOND_MS))
      chunkCdks = stepFor(selling)
      begun = performance.now()
    },
  }
}

async function record(
  { bulk, vault }: ImporterTools,
  lease: { id: string; merchantId: string; leaseId: string },
  chunk: Chunk,
  batch: NewBatch | null,
) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await bulk((tx) => recordChunk(tx, lease, chunk, batch && wrappedAnew(vault, batch), new Date()))
    } catch (error) {
      if (!(error instanceof CopyConflict) || attempt === CONFLICTS) throw error
    }
  }
}

/**
 * The batch is made with its first codes, minutes after its key was where a file begins with lines that are not taken: a rotation
 * of the master key that ended meanwhile has not seen it.
 */
function wrappedAnew(vault: CdkVault, batch: NewBatch): NewBatch {
  const { wrappedKey, masterKeyVersion } = vault.rewrapBatchKey(batch.wrappedKey, batch.masterKeyVersion)
  return { ...batch, wrappedKey, masterKeyVersion }
}

async function cancelled({ run }: ImporterTools, lease: LeasedImport): Promise<'cancelled'> {
  await run((tx) => stopImport(tx, lease, new Date()))
  return 'cancelled'
}
