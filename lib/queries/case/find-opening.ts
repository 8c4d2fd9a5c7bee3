import { z } from 'zod'
import { FAILURES, MOST_WITHDRAWN } from '@/lib/domain/complaints'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { CURRENCIES } from '@/lib/kernel/money'
import { type BuyerScope, inScope } from '@/lib/queries/order/scope'

const Opening = z.object({
  id: z.string(),
  number: z.string(),
  merchantId: z.string(),
  status: z.enum(OrderStatus),
  currency: z.enum(CURRENCIES),
  quantity: z.number(),
  totalMinor: z.number(),
  refundedMinor: z.number(),
  refundedUnits: z.number(),
  dueAt: z.date().nullable(),
  frozenAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  snapshot: OrderSnapshot,
  /** By whom the complaint is counted; for the server only. */
  buyerId: z.string().nullable(),
  email: z.string(),
  cdks: z.array(
    z.object({
      id: z.string(),
      position: z.number(),
      revealedAt: z.coerce.date().nullable(),
      deliveredAt: z.coerce.date().nullable(),
      /** In a complaint already, that is open or was decided; or taken back too often. */
      known: z.boolean(),
    }),
  ),
  /** What was complained of before about the charge. */
  known: z.array(z.enum(FAILURES)),
  /** Whether stock has any to replace one with at this moment. */
  replaceable: z.boolean(),
})
export type Opening = z.infer<typeof Opening>

/** What the opening form needs to know of an order, in one statement; null outside the scope. CDKs are those that can be complained of, and those that were. */
export async function findOpening(db: Tx, scope: BuyerScope, number: string, now: Date): Promise<Opening | null> {
  const [row] = await selectRows(
    db,
    Opening,
    sql`
      SELECT o.id, o.number, o."merchantId", o.status::text AS status, o.currency, o.quantity, o."totalMinor", o."refundedMinor", o."refundedUnits",
             o."dueAt", o."frozenAt", o."closedAt", o.snapshot, c."buyerId", c.email,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'position', k.position, 'revealedAt', k."revealedAt", 'deliveredAt', k."deliveredAt", 'known', k.known) ORDER BY k.position)
                       FROM (${CDKS}) k WHERE k.state = 'DELIVERED' AND k."orderId" = o.id), '[]'::jsonb) AS cdks,
             ARRAY(SELECT DISTINCT x.failure FROM complaint x WHERE x."orderId" = o.id
                     AND NOT EXISTS (SELECT FROM complaint_unit u WHERE u."complaintId" = x.id)) AS known,
             COALESCE(o.snapshot->'delivery'->>'kind', 'AUTOMATIC') = 'AUTOMATIC' AND EXISTS (
               SELECT FROM cdk s WHERE s."merchantId" = o."merchantId" AND s."variantId" = o."variantId" AND s.state = 'AVAILABLE'
               AND s."sellBy" > ${now}::timestamptz) AS replaceable
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${number} AND ${inScope(scope)}`,
  )
  return row ?? null
}

// Numbered as on the order's page.
const CDKS = sql`
  SELECT k.id, k."orderId", k.state::text AS state, k."revealedAt", k."deliveredAt", row_number() OVER (ORDER BY k.id)::int AS position,
         EXISTS (SELECT FROM complaint_unit u JOIN complaint x ON x.id = u."complaintId"
                 WHERE u."cdkId" = k.id AND x."orderId" = o.id AND (u.open OR x.outcome <> 'WITHDRAWN'))
         OR (SELECT count(*) FROM complaint_unit u JOIN complaint x ON x.id = u."complaintId"
             WHERE u."cdkId" = k.id AND x.outcome = 'WITHDRAWN') >= ${MOST_WITHDRAWN} AS known
  FROM cdk k
  WHERE k."merchantId" = o."merchantId" AND (k."orderId" = o.id OR k.id IN (SELECT "cdkId" FROM refund_unit WHERE "orderId" = o.id))`
