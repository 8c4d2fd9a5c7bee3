import type { JsonObject, Tx } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import type { Actor } from '@/lib/domain/actor'

/** Writes something that happened to an order without moving it into its history. */
export async function recordOrderEvent(
  tx: Tx,
  order: { readonly id: string; readonly merchantId: string },
  type: string,
  actor: Actor,
  data: JsonObject,
  now: Date,
): Promise<void> {
  const { id: orderId, merchantId } = order
  await tx.orderEvent.create({
    data: { id: newId(), merchantId, orderId, type, at: now, actorKind: actor.kind, actorId: actor.id, data },
  })
}
