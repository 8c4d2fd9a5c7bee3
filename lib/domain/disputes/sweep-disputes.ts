import { type OnSweepError, SYSTEM } from '@/lib/domain/orders'
import { type PaymentProvider, type ProviderNamed, ProviderUnavailable, requireProvider } from '@/lib/domain/payments'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { after } from '@/lib/kernel/time'
import { z } from 'zod'
import { LEASE_MS, handsInAt, nextStepAt } from './next-step'
import { handIn, submitEvidence } from './submit-evidence'
import { syncDispute } from './sync-dispute'

const BATCH = 100

const Leased = z.object({ id: z.string(), provider: z.string(), disputeRef: z.string() })

export interface DisputeSweep {
  looked: number
  submitted: number
}

/**
 * Steps on the disputes that are due: each is looked up (a lost event is made good within a day), and evidence that nobody
 * handed in goes in 12 hours before its deadline. A row is leased before the provider is asked; one that fails is told to
 * `onError`, is due again in ten minutes and does not stand in the way of the others.
 */
export async function sweepDisputes(
  run: InTransaction,
  providers: ProviderNamed,
  now: Date,
  onError: OnSweepError,
): Promise<DisputeSweep> {
  const report: DisputeSweep = { looked: 0, submitted: 0 }
  const silent = new Set<string>()
  for (const { id, provider, disputeRef } of await leaseDisputes(run, now)) {
    // A provider that is down is not asked about the others as well: they are due again when their lease ends.
    if (silent.has(provider)) continue
    try {
      const submitted = await step(run, requireProvider(providers, provider), { id, disputeRef }, now)
      report.looked += 1
      if (submitted) report.submitted += 1
    } catch (error) {
      if (error instanceof ProviderUnavailable) silent.add(provider)
      onError(error, `dispute ${id}`)
    }
  }
  return report
}

/** Returns whether the evidence was handed in. */
async function step(
  run: InTransaction,
  provider: PaymentProvider,
  { id, disputeRef }: { readonly id: string; readonly disputeRef: string },
  now: Date,
): Promise<boolean> {
  await syncDispute(run, provider, disputeRef, now)
  const dispute = await run((tx) => tx.dispute.findUniqueOrThrow({ where: { id } }))
  const { state, submittedAt, evidenceDueAt } = dispute
  const handsIn = handsInAt(evidenceDueAt)
  if (state === 'NEEDS_RESPONSE' && submittedAt !== null) {
    await handIn(run, provider, id, now)
    return true
  }
  // After the deadline there is nobody to hand it to.
  if (state === 'NEEDS_RESPONSE' && evidenceDueAt && handsIn && handsIn <= now && now < evidenceDueAt) {
    await submitEvidence(run, provider, id, SYSTEM, now)
    return true
  }
  const dueAt = nextStepAt(state === 'NEEDS_RESPONSE' ? evidenceDueAt : null, now)
  await run((tx) => tx.dispute.updateMany({ where: { id, state, closedAt: null }, data: { dueAt } }))
  return false
}

async function leaseDisputes(run: InTransaction, now: Date): Promise<z.infer<typeof Leased>[]> {
  return run((tx) =>
    selectRows(
      tx,
      Leased,
      sql`
        UPDATE dispute SET "dueAt" = ${after(now, LEASE_MS)} WHERE id = ANY (ARRAY(
          SELECT id FROM dispute WHERE "dueAt" <= ${now} ORDER BY "dueAt", id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED))
        RETURNING id, provider, "disputeRef"`,
    ),
  )
}
