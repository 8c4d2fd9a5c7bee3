import type { Actor } from '@/lib/domain/actor'
import { appendEntry } from '@/lib/domain/complaints'
import type { Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { executeRuling, requireRuleable } from './execute-ruling'
import { lockSeat } from './lock-seat'
import { Refusal } from '@/lib/kernel/refusal'
import { SECOND_ARBITRATOR_FROM, needsSecond } from './seats'
import { type Verdict, grantedOf, isForBuyer } from './verdict'

export interface RulingInput extends Verdict {
  readonly complaintId: string
}

/**
 * The first arbitrator rules: carried out at once, or, from SECOND_ARBITRATOR_FROM on, proposed to the second one, in the place of what
 * was proposed before. Says which. Two rulings at the same moment: one counts, the other is refused. Refuses `access/not-found` to anybody else,
 * `complaint/beyond-one` where a small demand of dear codes would be granted more than one may grant, and what `requireRuleable` refuses.
 */
export async function ruleComplaint(
  tx: Tx,
  { complaintId, units, compensationMinor, reasons, tariffs }: RulingInput,
  actor: Actor,
  now: Date,
): Promise<'ruled' | 'proposed'> {
  const locked = await lockSeat(tx, complaintId, 'FIRST', actor)
  const verdict: Verdict = { units, compensationMinor, reasons: reasons.trim(), tariffs }
  if (!needsSecond(locked)) {
    const mostMinor = SECOND_ARBITRATOR_FROM - 1
    if (grantedOf(locked.units, verdict) > mostMinor) throw new Refusal('complaint/beyond-one', { mostMinor })
    await executeRuling(tx, locked, verdict, { actor, secondId: null }, now)
    return 'ruled'
  }
  await requireRuleable(tx, locked, verdict)
  const body = {
    id: newId(),
    forBuyer: isForBuyer(verdict),
    units: units.map(({ cdkId, result }) => ({ cdkId, result })),
    compensationMinor,
    reasons: verdict.reasons,
    tariffs: [...tariffs],
  }
  const proposal = { ...body, by: actor.id, at: now.toISOString() }
  await tx.complaint.update({ where: { id: complaintId }, data: { proposal } })
  await appendEntry(tx, complaintId, { type: 'proposed', actor, body }, now)
  return 'proposed'
}
