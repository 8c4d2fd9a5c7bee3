import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { changeCdks } from './change-cdks'
import { type ChangedPart, type ChosenPart, nextChosen, partDone } from './chosen-cdks'
import type { DeskAct } from './desk-act'

/**
 * Puts chosen retired CDKs back on sale, a part of them at a time: only what no buyer ever held, what never left in an export, what no other
 * merchant has, what fits the way in which its variant is delivered by now (a seat of a shared code is no code of its own), and what is
 * of a batch that is neither retired nor frozen (its row is held: such a decision comes before or after). Expired ones stay out. Refuses `stock/not-restorable` when nothing of the first part can come back.
 */
export async function restoreCdks(tx: Tx, part: ChosenPart, { id, actor }: DeskAct, now: Date): Promise<ChangedPart> {
  const { merchantId } = part
  const restorable = sql`c.state = 'RETIRED' AND c."orderId" IS NULL AND c."revealedAt" IS NULL AND c."sellBy" > ${now}::timestamptz
    AND NOT EXISTS (SELECT FROM cdk_event e WHERE e."cdkId" = c.id AND e.type IN ('delivered', 'revealed', 'exported'))
    AND NOT EXISTS (SELECT FROM stock_export_unit u WHERE u."cdkId" = c.id)
    AND NOT EXISTS (SELECT FROM fingerprint_pair p WHERE p.fingerprint = c.fingerprint AND p."merchantId" = c."merchantId")`
  const ids = await nextChosen(
    tx,
    part,
    sql`${restorable} AND EXISTS (
      SELECT FROM stock_batch b JOIN variant v ON v.id = c."variantId"
      WHERE b.id = c."batchId" AND b."retiredAt" IS NULL AND b."frozenAt" IS NULL AND ${FITS})`,
    now,
  )
  const chosen = sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${[...ids]}::uuid[])`
  const count = await changeCdks(
    tx,
    {
      set: sql`state = 'AVAILABLE'`,
      from: sql`(
        SELECT id, seats FROM stock_batch WHERE "merchantId" = ${merchantId}::uuid AND "retiredAt" IS NULL AND "frozenAt" IS NULL
          AND id IN (SELECT c."batchId" FROM cdk c WHERE ${chosen}) FOR SHARE) b, (
        SELECT id, delivery, "sharedSeats" FROM variant WHERE "merchantId" = ${merchantId}::uuid
          AND id IN (SELECT c."variantId" FROM cdk c WHERE ${chosen}) FOR SHARE) v`,
      where: sql`${chosen} AND b.id = c."batchId" AND v.id = c."variantId" AND ${FITS} AND ${restorable}`,
    },
    { type: 'restored', actor, scopeId: id, details: { actId: id }, now },
  )
  if (count === 0 && !part.after) throw new Refusal('stock/not-restorable')
  return partDone(ids, count)
}

/** Whether CDKs of batch `b` can be stock of variant `v`. */
const FITS = sql`v.delivery <> 'MANUAL' AND b.seats <= COALESCE(v."sharedSeats", 1)`
