import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { RefundStatus } from '@/lib/infra/prisma/enums'
import { ofOrderOrCheckout } from './refunds-shown'
import { type BuyerScope, inScope } from './scope'

/** A word that changes whenever the order's page would: status, number of events, how far each refund has come. */
export function versionOf(status: string, events: number, refunds: readonly RefundStatus[]): string {
  return [status, events, ...refunds.toSorted().map((word) => word.slice(0, 2))].join('.')
}

const Row = z.object({
  status: z.string(),
  events: z.number(),
  refunds: z.array(z.enum(['PENDING', 'SENT', 'SUCCEEDED', 'FAILED'])),
})

/** The order's version in one small statement, for live updates; null for an order outside the scope. */
export async function findOrderVersion(db: Tx, scope: BuyerScope, number: string): Promise<string | null> {
  const shown = ofOrderOrCheckout({ id: sql`o.id`, checkoutId: sql`c.id` })
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT o.status::text AS status,
             (SELECT count(*)::int FROM order_event e WHERE e."orderId" = o.id) AS events,
             COALESCE((SELECT jsonb_agg(r.status) FROM refund r LEFT JOIN payment p ON p.id = r."paymentId" WHERE ${shown}), '[]'::jsonb) AS refunds
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${number} AND ${inScope(scope)}`,
  )
  return row ? versionOf(row.status, row.events, row.refunds) : null
}
