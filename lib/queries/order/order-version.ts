import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type BuyerScope, inScope } from './scope'

/** A word that changes whenever the order's page would: status, number of events, settled refunds. */
export function versionOf(status: string, events: number, settledRefunds: number): string {
  return `${status}.${events}.${settledRefunds}`
}

const Row = z.object({ status: z.string(), events: z.number(), settled: z.number() })

/** The order's version in one small statement, for live updates; null for an order outside the scope. */
export async function findOrderVersion(db: Tx, scope: BuyerScope, number: string): Promise<string | null> {
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT o.status::text AS status,
             (SELECT count(*)::int FROM order_event e WHERE e."orderId" = o.id) AS events,
             (SELECT count(*)::int FROM refund r WHERE r."orderId" = o.id AND r.status = 'SUCCEEDED') AS settled
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${number} AND ${inScope(scope)}`,
  )
  return row ? versionOf(row.status, row.events, row.settled) : null
}
