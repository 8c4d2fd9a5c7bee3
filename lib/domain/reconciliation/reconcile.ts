import type { OnSweepError } from '@/lib/domain/orders'
import type { PaymentProvider } from '@/lib/domain/payments'
import { type InTransaction, type Tx, sql } from '@/lib/domain/tx'
import { bookRoundTrips } from './book-round-trips'
import { matchLines } from './match-lines'
import { pullMovements } from './pull-movements'
import { repairLines } from './repair-lines'

export interface ReconciliationReport {
  /** Lines that were new. */
  readonly pulled: number
  readonly matched: number
  /** Lines that no transaction of ours says the same as and nobody has explained. */
  readonly open: number
}

/**
 * Compares one provider's books with ours: pulls its list, matches, looks up what has no transaction, matches again, and
 * notes on the provider's row how it went. A failure is told to `onError`, and what can be matched still is. May run any
 * number of times, also at once: lines are stored once, fees booked once, and matchers wait for each other.
 */
export async function reconcile(
  run: InTransaction,
  provider: PaymentProvider,
  now: Date,
  onError: OnSweepError,
): Promise<ReconciliationReport> {
  const { name } = provider
  const failures: string[] = []
  const attempt = async (work: () => Promise<number | void>): Promise<number> => {
    try {
      return (await work()) ?? 0
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
      onError(error, `reconciliation of ${name}`)
      return 0
    }
  }
  await run((tx) =>
    tx.reconciliation.updateMany({ where: { provider: name }, data: { startedAt: now, finishedAt: null } }),
  )
  const pulled = await attempt(() => pullMovements(run, provider, now))
  let matched = await attempt(() => matchLines(run, name, now))
  await attempt(() => repairLines(run, provider, now, onError))
  matched += await attempt(() => run((tx) => bookRoundTrips(tx, name, now)))
  matched += await attempt(() => matchLines(run, name, now))
  const open = await run((tx) => finish(tx, name, failures, now))
  return { pulled, matched, open }
}

async function finish(tx: Tx, provider: string, failures: readonly string[], now: Date): Promise<number> {
  await tx.$executeRaw(sql`
    UPDATE reconciliation r SET "finishedAt" = ${now}, "lastError" = ${failures.join('; ').slice(0, 500) || null},
      lines = l.lines, matched = l.lines - l.open, open = l.open
    FROM (SELECT (SELECT count(*) FROM provider_line WHERE provider = ${provider}) AS lines,
                 (SELECT count(*) FROM provider_line
                  WHERE provider = ${provider} AND "transactionId" IS NULL AND explanation IS NULL) AS open) AS l
    WHERE r.provider = ${provider}`)
  return (await tx.reconciliation.findUnique({ where: { provider }, select: { open: true } }))?.open ?? 0
}
