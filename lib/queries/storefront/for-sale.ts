import { type Sql, sql } from '@/lib/domain/tx'

/** What buyers may find: published products (`p`) of active merchants (`m`) with something to buy. */
export const forSale: Sql = sql`
  p.status = 'PUBLISHED' AND m.status = 'ACTIVE'
  AND EXISTS (SELECT 1 FROM variant v WHERE v."productId" = p.id AND v."merchantId" = p."merchantId" AND v.active)`

/** Delivered orders that were not refunded, per product, since a moment: CTE body with columns id, sold. */
export function soldSince(since: Date): Sql {
  return sql`
    SELECT o."productId" AS id, count(*) AS sold FROM "order" o
    WHERE o.status IN ('DELIVERED', 'CONFIRMED') AND o."placedAt" >= ${since}
    GROUP BY o."productId"`
}
