import { syncDispute } from '@/lib/domain/disputes'
import { settlePayout, syncPayout } from '@/lib/domain/merchants'
import type { OnSweepError } from '@/lib/domain/orders'
import {
  type MovementKind,
  type PaymentProvider,
  ProviderUnavailable,
  settleRefund,
  syncRefund,
} from '@/lib/domain/payments'
import { takePayment } from '@/lib/domain/suspense'
import { type InTransaction, empty, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { z } from 'zod'

const BATCH = 100

const Line = z.object({
  id: z.string(),
  kind: z.enum([
    'capture',
    'refund',
    'refund-failed',
    'transfer',
    'transfer-returned',
    'dispute',
    'dispute-won',
    'other',
  ] satisfies MovementKind[]),
  sourceRef: z.string(),
  providerRef: z.string().nullable(),
  amountMinor: z.number(),
  at: z.date(),
})
type Line = z.infer<typeof Line>

/**
 * Looks up what lines are about that have no transaction: whatever happened at the provider and was lost on its way to us
 * is made good, and money that nobody knows is parked in suspense. Captures come first, because disputes and refunds are
 * about them. One line's failure does not stop the others: it is told to `onError`, and the line is looked up again next
 * time. Throws `ProviderUnavailable` at once.
 */
export async function repairLines(
  run: InTransaction,
  provider: PaymentProvider,
  now: Date,
  onError: OnSweepError,
): Promise<void> {
  for (const captures of [true, false]) {
    for await (const line of unmatched(run, provider.name, captures)) {
      try {
        await lookUp(run, provider, line, now)
      } catch (error) {
        if (error instanceof ProviderUnavailable) throw error
        onError(error, `${line.kind} ${line.sourceRef} at ${provider.name}`)
      }
    }
  }
}

async function lookUp(run: InTransaction, provider: PaymentProvider, line: Line, now: Date): Promise<void> {
  const { sourceRef } = line
  switch (line.kind) {
    case 'capture':
      if (line.providerRef !== null) await takePayment(run, provider, line.providerRef, now)
      return
    case 'refund':
    case 'refund-failed':
      if (!(await syncRefund(run, provider, sourceRef, now))) await askRefundsAgain(run, provider, line, now)
      return
    case 'transfer':
    case 'transfer-returned':
      if (!(await syncPayout(run, provider, sourceRef, now))) await askPayoutsAgain(run, provider, line, now)
      return
    case 'dispute':
    case 'dispute-won':
      await syncDispute(run, provider, sourceRef, now)
      return
    // Nothing to look up: an operator explains it.
    case 'other':
  }
}

/** What was sent and whose answer we never got does not know its ref yet: those that a line may be are asked for again, under their keys. */
function unanswered(amountMinor: Minor) {
  return { status: 'PENDING' as const, attempts: { gt: 0 }, amountMinor: Math.abs(amountMinor) }
}

async function askRefundsAgain(run: InTransaction, provider: PaymentProvider, line: Line, now: Date): Promise<void> {
  const where = { ...unanswered(line.amountMinor), payment: { provider: provider.name } }
  const refunds = await run((tx) => tx.refund.findMany({ where, take: BATCH, select: { id: true } }))
  for (const { id } of refunds) await settleRefund(run, () => provider, id, now)
}

async function askPayoutsAgain(run: InTransaction, provider: PaymentProvider, line: Line, now: Date): Promise<void> {
  const where = { ...unanswered(line.amountMinor), provider: provider.name }
  const payouts = await run((tx) => tx.payout.findMany({ where, take: BATCH, select: { id: true } }))
  for (const { id } of payouts) await settlePayout(run, () => provider, id, now)
}

/** Lines without a transaction, oldest first; each batch begins behind the last, not at what stays unmatched. */
async function* unmatched(run: InTransaction, provider: string, captures: boolean): AsyncGenerator<Line> {
  const kinds = captures ? sql`kind = 'capture'` : sql`kind NOT IN ('capture', 'other')`
  let batch: Line[]
  let last: Line | undefined
  do {
    const behind = last ? sql`AND (at, id) > (${last.at}, ${last.id}::uuid)` : empty
    batch = await run((tx) =>
      selectRows(
        tx,
        Line,
        sql`
          SELECT id, kind, "sourceRef", "providerRef", "amountMinor", at FROM provider_line
          WHERE provider = ${provider} AND "transactionId" IS NULL AND explanation IS NULL AND ${kinds} ${behind}
          ORDER BY at, id LIMIT ${BATCH}`,
      ),
    )
    yield* batch
    last = batch.at(-1)
  } while (batch.length === BATCH)
}
