import { SYSTEM } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { appendEntry } from './append-entry'
import { notBefore } from './clock'
import { escalateCase } from './escalate-case'
import { lockCase } from './lock-case'
import { moveCase } from './move-case'

/**
 * The buyer did not answer an offer: it lapses, and where escalateAt has gone by meanwhile the arbitrators have the case at once, so that
 * offer after offer puts nothing off. Refuses `complaint/not-now`.
 */
export async function lapseOffer(tx: Tx, complaintId: string, now: Date): Promise<void> {
  const locked = await lockCase(tx, complaintId)
  const dueAt = notBefore(now, locked.escalateAt)
  await moveCase(tx, complaintId, { name: 'lapse-offer', actor: SYSTEM, set: { dueAt } }, now)
  await appendEntry(tx, complaintId, { type: 'lapsed', actor: SYSTEM, body: { what: 'OFFER' } }, now)
  if (dueAt <= now) await escalateCase(tx, locked, { name: 'escalate-by-clock', by: 'CLOCK', actor: SYSTEM }, now)
}
