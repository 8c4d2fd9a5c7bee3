import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { changeCdks } from './change-cdks'
import { type ChangedPart, type ChosenPart, nextChosen, partDone } from './chosen-cdks'
import type { DeskAct } from './desk-act'

/**
 * Takes chosen CDKs that are available out of sale, a part of them at a time. What a buyer reserves at the same moment stays his:
 * the guard waits for him and looks again. Refuses `stock/not-available` when nothing of the first part is there to be retired.
 */
export async function retireCdks(tx: Tx, part: ChosenPart, { id, actor }: DeskAct, now: Date): Promise<ChangedPart> {
  const { merchantId } = part
  const ids = await nextChosen(tx, part, sql`c.state = 'AVAILABLE'`, now)
  const count = await changeCdks(
    tx,
    {
      set: sql`state = 'RETIRED'`,
      where: sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${[...ids]}::uuid[]) AND c.state = 'AVAILABLE'`,
    },
    { type: 'retired', actor, scopeId: id, details: { actId: id }, now },
  )
  if (count === 0 && !part.after) throw new Refusal('stock/not-available')
  return partDone(ids, count)
}
