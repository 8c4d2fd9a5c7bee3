import type { OnSweepError } from '@/lib/domain/orders'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { MINUTE_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { refundFrozen } from './refund-frozen'
import { START, WINDOW, turnCdks } from './turn-cdks'

/** Batches that one turn takes. */
const BATCHES = 20
/** Whoever works on a batch has it this long to himself; another who joins him does nothing twice. */
const LEASE_MS = 5 * MINUTE_MS
/** When what could not be done yet (an order in dispute, one that failed) is tried again. */
const AGAIN_MS = 5 * MINUTE_MS

export interface BatchSweep {
  frozen: number
  retired: number
  restored: number
  /** Orders whose buyers got money back. */
  refunded: number
  /** Batches with which nothing is left to do. */
  finished: number
}

const COUNTED = { FROZEN: 'frozen', RETIRED: 'retired', AVAILABLE: 'restored' } as const

/**
 * Carries out what was decided on batches, by their `dueAt`: CDKs of a frozen or retired one go out of sale, those of one that is
 * free again go back, and whoever holds delivered CDKs of a frozen one is refunded and told. Each part and each refund is a transaction
 * of its own, guarded by the rows, so that whoever is killed leaves nothing half done and the next begins again at the front
 * without doing anything twice. A batch that fails is told to `onError` and due again in minutes.
 */
export async function sweepBatches(
  run: InTransaction,
  now: Date,
  onError: OnSweepError,
  window = WINDOW,
): Promise<BatchSweep> {
  const report: BatchSweep = { frozen: 0, retired: 0, restored: 0, refunded: 0, finished: 0 }
  const leasedTo = after(now, LEASE_MS)
  for (const batchId of await leaseBatches(run, leasedTo, now)) {
    try {
      await workThrough(run, batchId, report, { now, onError, window })
      if (await finish(run, batchId, leasedTo, now)) report.finished += 1
    } catch (error) {
      onError(error, `batch ${batchId}`)
    }
  }
  return report
}

interface Turn {
  readonly now: Date
  readonly onError: OnSweepError
  readonly window: number
}

async function workThrough(
  run: InTransaction,
  batchId: string,
  report: BatchSweep,
  { now, onError, window }: Turn,
): Promise<void> {
  let at: string | null = START
  while (at !== null) {
    const behind: string = at
    const { to, count, orderIds, last } = await run((tx) => turnCdks(tx, { batchId, after: behind, now, window }))
    report[COUNTED[to]] += count
    for (const orderId of orderIds) {
      try {
        if ((await run((tx) => refundFrozen(tx, orderId, now))) === 'refunded') report.refunded += 1
      } catch (error) {
        // The others' money does not wait for one that fails; the batch stays due.
        onError(error, `frozen CDKs of order ${orderId}`)
      }
    }
    at = last
  }
}

/**
 * Ends what was due, unless something is left: then it is due again. Not touched when somebody decided anew meanwhile. Reserved CDKs
 * are not waited for: their orders let go of them by themselves when they are paid or expire.
 */
async function finish(run: InTransaction, batchId: string, leasedTo: Date, now: Date): Promise<boolean> {
  const [batch] = await run((tx) =>
    selectRows(
      tx,
      z.object({ left: z.boolean() }),
      sql`
        UPDATE stock_batch b SET "dueAt" = CASE WHEN x.left THEN ${after(now, AGAIN_MS)}::timestamptz END
        FROM (SELECT ${LEFT} AS left FROM stock_batch b WHERE b.id = ${batchId}::uuid) x
        WHERE b.id = ${batchId}::uuid AND b."dueAt" = ${leasedTo}
        RETURNING x.left`,
    ),
  )
  return batch?.left === false
}

/** Whether CDKs of batch `b` are not yet what its flags want. */
const LEFT = sql`EXISTS (
  SELECT FROM cdk c WHERE c."batchId" = b.id AND CASE
    WHEN b."frozenAt" IS NOT NULL THEN c.state IN ('AVAILABLE', 'DELIVERED')
    WHEN b."retiredAt" IS NOT NULL THEN c.state IN ('AVAILABLE', 'FROZEN')
    ELSE c.state = 'FROZEN' END)`

async function leaseBatches(run: InTransaction, until: Date, now: Date): Promise<readonly string[]> {
  const rows = await run((tx) =>
    selectRows(
      tx,
      z.object({ id: z.string() }),
      sql`
        UPDATE stock_batch SET "dueAt" = ${until} WHERE id = ANY (ARRAY(
          SELECT id FROM stock_batch WHERE "dueAt" <= ${now} ORDER BY "dueAt", id LIMIT ${BATCHES} FOR UPDATE SKIP LOCKED))
        RETURNING id`,
    ),
  )
  return rows.map(({ id }) => id)
}
