import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/orders'
import { type PaymentProvider, ProviderRefused } from '@/lib/domain/payments'
import type { InTransaction, Tx } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { Refusal } from '@/lib/kernel/refusal'
import { after } from '@/lib/kernel/time'
import { Evidence } from './evidence'
import { LEASE_MS, LOOK_EVERY_MS } from './next-step'
import { recordDispute } from './record-dispute'
import { syncDispute } from './sync-dispute'

/**
 * Hands the staged evidence in at the provider, once and for good: from the claim on nobody can change it, and of two who
 * hand it in at once one is refused `dispute/evidence-sent`. The provider is asked outside any transaction; when it does not
 * answer (`ProviderUnavailable` is thrown on) the clock goes on with it in ten minutes. When it will not have it, the
 * evidence can be edited again and `dispute/evidence-refused` is refused. Refuses `access/not-found`.
 */
export async function submitEvidence(
  run: InTransaction,
  provider: PaymentProvider,
  disputeId: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  await run((tx) => claim(tx, disputeId, actor, now))
  await handIn(run, provider, disputeId, now)
}

async function claim(tx: Tx, id: string, actor: Actor, now: Date): Promise<void> {
  const { count } = await tx.dispute.updateMany({
    where: { id, state: 'NEEDS_RESPONSE', submittedAt: null },
    data: { submittedAt: now, submittedById: actor.id, dueAt: after(now, LEASE_MS) },
  })
  if (count === 0) {
    const known = await tx.dispute.count({ where: { id } })
    throw new Refusal(known > 0 ? 'dispute/evidence-sent' : 'access/not-found')
  }
  if (actor.kind !== 'OPERATOR') return
  const action = { verb: 'submit-evidence', subject: 'dispute', subjectId: id, note: null }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}

/** Hands claimed evidence in; safe to repeat, because the provider knows the dispute's key. */
export async function handIn(
  run: InTransaction,
  provider: PaymentProvider,
  disputeId: string,
  now: Date,
): Promise<void> {
  const dispute = await run((tx) => tx.dispute.findUniqueOrThrow({ where: { id: disputeId } }))
  const { disputeRef, paymentId } = dispute
  invariant(dispute.provider === provider.name, `dispute ${disputeId} is at ${dispute.provider}`)
  try {
    const evidence = Evidence.parse(dispute.evidence)
    const answer = await provider.answerDispute({ disputeRef, evidence })
    // Taken is taken, also by a provider whose answer still shows the state before.
    const status = answer.status === 'needs-response' ? 'under-review' : answer.status
    if (status !== 'under-review') await syncDispute(run, provider, disputeRef, now)
    else await run((tx) => recordDispute(tx, provider.name, paymentId, { ...answer, status }, now))
  } catch (error) {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    const never = error instanceof ProviderRefused
    const again = never ? { submittedAt: null, submittedById: null, dueAt: after(now, LOOK_EVERY_MS) } : {}
    await run((tx) =>
      tx.dispute.updateMany({ where: { id: disputeId, state: 'NEEDS_RESPONSE' }, data: { lastError, ...again } }),
    )
    if (never) throw new Refusal('dispute/evidence-refused')
    throw error
  }
}
