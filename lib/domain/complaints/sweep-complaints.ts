import type { OnSweepError } from '@/lib/domain/orders'
import { type InTransaction, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { closeMoot, mootCases } from './close-moot'
import { endAppealUndecided, refundUndecided } from './end-undecided'
import { endRuled } from './end-ruled'
import { escalateByClock } from './escalate-by-clock'
import { escalateSilence, grantBySilence } from './grant-by-silence'
import { lapseAnswer } from './lapse-answer'
import { lapseOffer } from './lapse-offer'

/** How many due rows are read at a time. */
const BATCH = 100

export interface ComplaintSweep {
  /** Clocks that ran out and did what they do. */
  stepped: number
  /** Put off by an hour: a dispute with the payment provider keeps the order as it is. */
  postponed: number
  /** Closed because everything was refunded another way. */
  moot: number
}

type Step = (tx: Tx, complaintId: string, now: Date) => Promise<void>

/** What the clock does in each state (product.md, "After-sale rules"). */
const STEPS = {
  OPEN: grantBySilence,
  OFFERED: lapseOffer,
  ASKED: lapseAnswer,
  CONTESTED: escalateByClock,
  ESCALATED: refundUndecided,
  RULED: endRuled,
  APPEALED: endAppealUndecided,
} as const satisfies Record<string, Step>

/**
 * Closes the cases about what was refunded another way, then takes those whose clock ran out and does what silence does in their state. Any
 * number of sweepers may run; each case's own guard lets one of them, or the person, through. What fails is told to `onError` and
 * stays due; the sweep goes on behind it.
 */
export async function sweepComplaints(run: InTransaction, now: Date, onError: OnSweepError): Promise<ComplaintSweep> {
  const report: ComplaintSweep = { stepped: 0, postponed: 0, moot: 0 }
  for (const id of await mootCases(run)) {
    await attempt(onError, id, async () => {
      if (await run((tx) => closeMoot(tx, id, now))) report.moot += 1
    })
  }
  for await (const { id, state } of dueCases(run, now)) {
    await attempt(onError, id, async () => {
      report[await step(run, id, STEPS[state], now)] += 1
    })
  }
  return report
}

async function step(run: InTransaction, id: string, work: Step, now: Date): Promise<'stepped' | 'postponed'> {
  try {
    await run((tx) => work(tx, id, now))
  } catch (error) {
    if (isRefusal(error, 'order/frozen')) {
      await run((tx) =>
        tx.complaint.updateMany({ where: { id, dueAt: { lte: now } }, data: { dueAt: after(now, HOUR_MS) } }),
      )
      return 'postponed'
    }
    // The transaction is rolled back, the penalty with it: people decide what the protection fund is for.
    if (work !== grantBySilence || !isRefusal(error, 'refund/beyond-own-money')) throw error
    await run((tx) => escalateSilence(tx, id, now))
  }
  return 'stepped'
}

async function attempt(onError: OnSweepError, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    // Another sweeper, or the person, was quicker: what was due is done.
    if (!isRefusal(error, 'complaint/not-now')) onError(error, `complaint ${id}`)
  }
}

function isRefusal(error: unknown, code: Refusal['code']): boolean {
  return error instanceof Refusal && error.code === code
}

const DueCase = z.object({
  id: z.string(),
  dueAt: z.date(),
  state: z.enum(['OPEN', 'OFFERED', 'ASKED', 'CONTESTED', 'ESCALATED', 'RULED', 'APPEALED']),
})
type DueCase = z.infer<typeof DueCase>

/** All cases that are due, the longest due first; each batch begins behind the last, not at what stayed due. */
async function* dueCases(run: InTransaction, now: Date): AsyncGenerator<DueCase> {
  let batch: DueCase[]
  let last: DueCase | undefined
  do {
    const behind = last ? sql`AND ("dueAt", id) > (${last.dueAt}, ${last.id}::uuid)` : empty
    batch = await run((tx) =>
      selectRows(
        tx,
        DueCase,
        sql`
          SELECT id, "dueAt", state::text AS state FROM complaint
          WHERE "dueAt" <= ${now} ${behind} ORDER BY "dueAt", id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      ),
    )
    yield* batch
    last = batch.at(-1)
  } while (batch.length === BATCH)
}
