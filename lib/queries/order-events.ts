import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ActorKind } from '@/lib/infra/prisma/enums'

const MOST_EVENTS = 200

const OrderEventRow = z.object({
  id: z.string(),
  type: z.string(),
  at: z.date(),
  actorKind: z.enum(ActorKind),
  actorName: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
})
export type OrderEventRow = z.infer<typeof OrderEventRow>

/** What happened to an order, oldest first. Names of buyers are not looked up. */
export async function selectOrderEvents(db: Tx, merchantId: string, orderId: string): Promise<OrderEventRow[]> {
  return selectRows(
    db,
    OrderEventRow,
    sql`
      SELECT e.id, e.type, e.at, e."actorKind"::text AS "actorKind", u."displayName" AS "actorName", e.data
      FROM order_event e LEFT JOIN "user" u ON u.id = e."actorId" AND u.role <> 'BUYER'
      WHERE e."merchantId" = ${merchantId}::uuid AND e."orderId" = ${orderId}::uuid
      ORDER BY e.at, e.id LIMIT ${MOST_EVENTS}`,
  )
}
