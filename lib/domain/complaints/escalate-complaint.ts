import type { Actor } from '@/lib/domain/actor'
import type { Tx } from '@/lib/domain/tx'
import { lockCase, lockCaseOf } from './lock-case'
import { escalateCase } from './escalate-case'
import { requireBeforeArbitration } from './require-move'

/**
 * A side wants the arbitrators, after the merchant's first reply. With `merchantId` it is the merchant, otherwise the buyer. Refuses
 * `access/not-found`, `complaint/not-now` (not replied to yet, or with the arbitrators).
 */
export async function escalateComplaint(
  tx: Tx,
  { complaintId, merchantId }: { readonly complaintId: string; readonly merchantId?: string | undefined },
  actor: Actor,
  now: Date,
): Promise<void> {
  const locked =
    merchantId === undefined ? await lockCase(tx, complaintId) : await lockCaseOf(tx, merchantId, complaintId)
  requireBeforeArbitration(locked)
  await escalateCase(tx, locked, { name: 'escalate', by: merchantId === undefined ? 'BUYER' : 'MERCHANT', actor }, now)
}
