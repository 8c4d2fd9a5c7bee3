import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { closeCase } from './close-case'
import { lockCase } from './lock-case'

/** Nobody appealed within appealDays: the ruling is final. Refuses `complaint/not-now`. */
export async function endRuled(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  await closeCase(tx, locked, { name: 'end-ruled', outcome: 'RULED', actor: SYSTEM }, now)
}
