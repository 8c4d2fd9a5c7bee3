import { z } from 'zod'
import { type Sql, sql } from '@/lib/domain/tx'

const OrderLink = z.object({ id: z.string(), number: z.string() })
export type OrderLink = z.infer<typeof OrderLink>

/** The orders of a checkout as a column `orders`: one payment may pay for several. */
export const ordersColumn = z.array(OrderLink)

export function ordersOf(checkoutId: Sql): Sql {
  return sql`
    COALESCE((SELECT jsonb_agg(jsonb_build_object('id', x.id, 'number', x.number) ORDER BY x.id)
              FROM "order" x WHERE x."checkoutId" = ${checkoutId}), '[]'::jsonb)`
}
