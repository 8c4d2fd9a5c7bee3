import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { escalateCase } from './escalate-case'
import { lockCase } from './lock-case'

/** escalateAt was reached while the merchant contests: the arbitrators get the case. Refuses `complaint/not-now`. */
export async function escalateByClock(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  await escalateCase(tx, locked, { name: 'escalate-by-clock', by: 'CLOCK', actor: SYSTEM }, now)
}
