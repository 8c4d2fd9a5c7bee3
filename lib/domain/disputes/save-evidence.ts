import { recordOperatorAction } from '@/lib/domain/accounts'
import type { Actor } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { Evidence, EvidenceChanges } from './evidence'

/**
 * An operator rewrites staged evidence; what is not named stays. Refuses `input/invalid` for texts that no provider takes,
 * `access/not-found`, and `dispute/evidence-sent` once it is on its way: the row is taken first, so what is handed in is
 * either all of a change or nothing of it.
 */
export async function saveEvidence(
  tx: Tx,
  disputeId: string,
  changes: EvidenceChanges,
  actor: Actor,
  now: Date,
): Promise<void> {
  const parsed = EvidenceChanges.safeParse(changes)
  if (!parsed.success) throw new Refusal('input/invalid')
  const [dispute] = await selectRows(
    tx,
    z.object({ staged: z.boolean(), evidence: Evidence }),
    sql`
      SELECT state = 'NEEDS_RESPONSE' AND "submittedAt" IS NULL AS staged, evidence FROM dispute
      WHERE id = ${disputeId}::uuid FOR UPDATE`,
  )
  if (!dispute) throw new Refusal('access/not-found')
  if (!dispute.staged) throw new Refusal('dispute/evidence-sent')
  const evidence = { ...dispute.evidence, ...parsed.data }
  await tx.dispute.update({ where: { id: disputeId }, data: { evidence } })
  const action = { verb: 'save-evidence', subject: 'dispute', subjectId: disputeId, note: null }
  await recordOperatorAction(tx, { userId: actor.id, ...action }, now)
}
