import { type InTransaction, type Tx, empty, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import { assignArbitrator } from './assign-arbitrator'
import { SECOND_ARBITRATOR_FROM, emptySeats } from './seats'

/** How many waiting cases are read at a time. */
const BATCH = 100

/** Hears of a case that could not be assigned; it stays waiting. */
export type OnAssignError = (error: unknown, what: string) => void

/**
 * Gives every case that waits for an arbitrator one, the longest waiting first. Any number of workers may run it; a case for which nobody
 * is free of ties stays waiting, and so does one that fails, which `onError` hears of. Returns how many seats were filled.
 */
export async function assignWaiting(run: InTransaction, now: Date, onError: OnAssignError): Promise<number> {
  const there = await run((tx) => tx.user.count({ where: { role: 'ARBITRATOR', restingSince: null } }))
  if (there === 0) return 0
  let assigned = 0
  for await (const waiting of waitingCases(run)) {
    for (const seat of emptySeats(waiting)) {
      try {
        if (await run((tx) => assignArbitrator(tx, waiting.id, seat, now))) assigned += 1
      } catch (error) {
        onError(error, `${seat} arbitrator of complaint ${waiting.id}`)
      }
    }
  }
  return assigned
}

const Waiting = z.object({
  id: z.string(),
  state: z.enum(['ESCALATED', 'APPEALED']),
  stakeMinor: z.number(),
  arbitratorId: z.string().nullable(),
  secondId: z.string().nullable(),
  appealArbitratorId: z.string().nullable(),
  escalatedAt: z.date(),
})
type Waiting = z.infer<typeof Waiting>

/** Each batch begins behind the last, not at what stayed waiting. */
async function* waitingCases(run: InTransaction): AsyncGenerator<Waiting> {
  let batch: Waiting[]
  let last: Waiting | undefined
  do {
    batch = await run((tx) => nextWaiting(tx, last))
    yield* batch
    last = batch.at(-1)
  } while (batch.length === BATCH)
}

async function nextWaiting(tx: Tx, last: Waiting | undefined): Promise<Waiting[]> {
  const behind = last ? sql`AND ("escalatedAt", id) > (${last.escalatedAt}, ${last.id}::uuid)` : empty
  return selectRows(
    tx,
    Waiting,
    sql`
      SELECT id, state::text AS state, "stakeMinor", "arbitratorId", "secondId", "appealArbitratorId", "escalatedAt" FROM complaint
      WHERE ((state = 'ESCALATED' AND ("arbitratorId" IS NULL OR ("secondId" IS NULL AND "stakeMinor" >= ${SECOND_ARBITRATOR_FROM}::int)))
             OR (state = 'APPEALED' AND "appealArbitratorId" IS NULL)) ${behind}
      ORDER BY "escalatedAt", id LIMIT ${BATCH}`,
  )
}
