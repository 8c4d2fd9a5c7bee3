import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { changeCdks } from './change-cdks'
import { type ChangedPart, type ChosenPart, nextChosen, partDone } from './chosen-cdks'
import type { DeskAct } from './desk-act'

/**
 * Moves chosen CDKs that are available to another variant of the same product, delivered in the same way and priced in the same
 * currency, a part of them at a time; until when they are sold follows from that variant's promise, whose row is held. What a
 * buyer reserves at the same moment stays his. Refuses `access/not-found` for a variant that is not the merchant's, `stock/not-movable` when
 * nothing of the first part can go there.
 */
export async function moveCdks(
  tx: Tx,
  part: ChosenPart & { readonly variantId: string },
  { id, actor }: DeskAct,
  now: Date,
): Promise<ChangedPart> {
  const { merchantId, variantId } = part
  const [target] = await selectRows(
    tx,
    z.object({ days: z.number() }),
    sql`SELECT COALESCE("validityDays", 0) AS days FROM variant
        WHERE id = ${variantId}::uuid AND "merchantId" = ${merchantId}::uuid FOR SHARE`,
  )
  if (!target) throw new Refusal('access/not-found')
  const movable = sql`c.state = 'AVAILABLE' AND c."variantId" IN (
    SELECT v.id FROM variant v JOIN variant t ON t."productId" = v."productId" AND t.delivery = v.delivery AND t.currency = v.currency
      AND t."sharedSeats" IS NOT DISTINCT FROM v."sharedSeats"
    WHERE t.id = ${variantId}::uuid AND v.id <> t.id AND v."merchantId" = ${merchantId}::uuid)`
  const ids = await nextChosen(tx, part, movable, now)
  const chosen = sql`c."merchantId" = ${merchantId}::uuid AND c.id = ANY (${[...ids]}::uuid[])`
  const count = await changeCdks(
    tx,
    {
      set: sql`"variantId" = ${variantId}::uuid, "sellBy" = CASE WHEN c."expiresAt" IS NULL THEN c."sellBy"
        ELSE c."expiresAt" - make_interval(hours => 24 * GREATEST(${target.days}::int, COALESCE(b."validityDays", 0))) END`,
      from: sql`(
        SELECT id, "validityDays" FROM stock_batch
        WHERE "merchantId" = ${merchantId}::uuid AND id IN (SELECT c."batchId" FROM cdk c WHERE ${chosen}) FOR SHARE) b`,
      where: sql`${chosen} AND b.id = c."batchId" AND ${movable}`,
    },
    { type: 'moved', actor, scopeId: id, details: { actId: id, variantId }, now },
  )
  if (count === 0 && !part.after) throw new Refusal('stock/not-movable')
  return partDone(ids, count)
}
