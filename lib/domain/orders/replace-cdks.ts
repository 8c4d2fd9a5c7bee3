import type { Actor } from '@/lib/domain/actor'
import { swapCdks } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'
import type { PaidOrder } from './lock-order'
import { recordOrderEvent } from './record-order-event'

/** Which CDK came in the place of which. */
export type Replacement = { readonly cdkId: string; readonly by: string }

/**
 * Hands a locked order other CDKs from stock in place of delivered ones, as many as there are: the returned list may be shorter than
 * `cdkIds`, the rest is untouched (the caller refuses or refunds). What was replaced retires and stays with the order as evidence; the
 * price stays. CDKs that were refunded or replaced before are passed over, so a racing refund and replacement of one CDK give one of them.
 */
export async function replaceCdks(
  tx: Tx,
  order: PaidOrder,
  cdkIds: readonly string[],
  actor: Actor,
  now: Date,
): Promise<readonly Replacement[]> {
  const [promised] = await selectRows(
    tx,
    z.object({ days: z.number().nullable(), kind: z.string().nullable() }),
    sql`SELECT (snapshot->>'validityDays')::int AS days, snapshot->'delivery'->>'kind' AS kind FROM "order" WHERE id = ${order.id}::uuid`,
  )
  // A shared code may not be handed to the same buyer twice, and what is delivered by hand has no stock.
  if ((promised?.kind ?? 'AUTOMATIC') !== 'AUTOMATIC') return []
  const { id: orderId, merchantId, variantId } = order
  const of = { merchantId, variantId, orderId, validityDays: promised?.days ?? 0 }
  const replaced = await swapCdks(tx, of, cdkIds, actor, now)
  if (replaced.length > 0) await recordOrderEvent(tx, order, 'replace', actor, { replaced: [...replaced] }, now)
  return replaced
}
