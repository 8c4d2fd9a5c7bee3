import { z } from 'zod'
import { type CdkVault, type OpenedCdk, openCdks } from '@/lib/domain/stock'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { newId } from '@/lib/kernel/ids'
import { Refusal } from '@/lib/kernel/refusal'
import type { Actor } from '@/lib/domain/actor'

export interface RevealInput {
  readonly orderId: string
  /** One CDK; all of the order when absent. */
  readonly cdkId?: string
  /** The buyer's word that a CDK looked at counts as handed over; asked before the first look. */
  readonly consent: boolean
}

/**
 * Shows the buyer delivered CDKs and records the look (order event with time; first look on the CDK and the order). In
 * categories whose rules say so the first look shortens the inspection window. The order's row is taken first, so a
 * refund at the same moment either comes before (then `order/not-delivered`) or sees the CDK as revealed.
 * While a dispute with the payment provider freezes the order nothing is shown. Refuses `order/consent-required`,
 * `order/not-delivered`, `order/frozen`, `order/batch-frozen` when all that was asked for stands in batches that the mall froze (others
 * are shown without them), `access/not-found` for a CDK of another order.
 */
export async function revealCdks(
  tx: Tx,
  vault: CdkVault,
  { orderId, cdkId, consent }: RevealInput,
  actor: Actor,
  now: Date,
): Promise<OpenedCdk[]> {
  if (!consent) throw new Refusal('order/consent-required')
  const data = JSON.stringify({ cdkId: cdkId ?? null, consent })
  const [order] = await selectRows(
    tx,
    z.object({ merchantId: z.string() }),
    sql`
      WITH seen AS (
        UPDATE "order" SET
          "firstRevealedAt" = COALESCE("firstRevealedAt", ${now}),
          "dueAt" = CASE WHEN status = 'DELIVERED' AND "firstRevealedAt" IS NULL AND "dueAt" IS NOT NULL
            THEN LEAST("dueAt", ${now}::timestamptz + make_interval(hours => (snapshot->'rules'->>'inspectionHoursAfterReveal')::int))
            ELSE "dueAt" END,
          "pausedSeconds" = CASE WHEN "firstRevealedAt" IS NULL AND "pausedSeconds" IS NOT NULL
            THEN LEAST("pausedSeconds", (snapshot->'rules'->>'inspectionHoursAfterReveal')::int * 3600)
            ELSE "pausedSeconds" END
        WHERE id = ${orderId}::uuid AND status IN ('DELIVERED', 'CONFIRMED') AND "frozenAt" IS NULL
        RETURNING id, "merchantId"
      ), event AS (
        INSERT INTO order_event (id, "merchantId", "orderId", type, at, "actorKind", "actorId", data)
        SELECT ${newId()}::uuid, "merchantId", id, 'reveal', ${now}, ${actor.kind}::"ActorKind", ${actor.id}::uuid, ${data}::jsonb FROM seen
      )
      SELECT "merchantId" FROM seen`,
  )
  if (!order) throw await whyNot(tx, orderId)
  const opened = await openCdks(
    tx,
    vault,
    { merchantId: order.merchantId, orderId, ...(cdkId === undefined ? {} : { cdkId }) },
    actor,
    now,
  )
  if (opened.length === 0) throw await whyNone(tx, orderId, cdkId)
  return opened
}

async function whyNot(tx: Tx, orderId: string): Promise<Refusal> {
  const frozen = await tx.order.count({ where: { id: orderId, frozenAt: { not: null } } })
  return new Refusal(frozen > 0 ? 'order/frozen' : 'order/not-delivered')
}

async function whyNone(tx: Tx, orderId: string, cdkId: string | undefined): Promise<Refusal> {
  const held = await tx.cdk.count({
    where: { orderId, state: 'DELIVERED', ...(cdkId === undefined ? {} : { id: cdkId }) },
  })
  return new Refusal(held > 0 ? 'order/batch-frozen' : 'access/not-found')
}
