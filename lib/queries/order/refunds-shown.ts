import { type Sql, sql } from '@/lib/domain/tx'

interface Shown {
  readonly id: string
  readonly checkoutId: string
}

/**
 * Refunds on an order's page: its own, and those of money that its checkout could not take. `r`, with the capture `p`.
 * The latter stand on one of the checkout's orders; whoever looks at another one asks for them too.
 */
export function ofOrderOrCheckout({ id, checkoutId }: { readonly id: Sql; readonly checkoutId: Sql }): Sql {
  return sql`(r."orderId" = ${id} OR (r."orderRefundId" IS NULL AND p."checkoutId" = ${checkoutId} AND p.use <> 'APPLIED'))`
}

/** Those refunds as one JSON array, the oldest first, and what a lost dispute took (which has no refund of ours). */
export function refundsShownFor({ id, checkoutId }: Shown): Sql {
  const own = { id: sql`${id}::uuid`, checkoutId: sql`${checkoutId}::uuid` }
  return sql`
    (SELECT COALESCE(jsonb_agg(to_jsonb(shown) ORDER BY shown."createdAt", shown.id), '[]'::jsonb) FROM (
      SELECT r.id, r.method, r.status, r."amountMinor", r.currency, r."providerRef" AS reference, r."createdAt", r."settledAt",
             CASE WHEN r."orderRefundId" IS NOT NULL THEN 'order' WHEN p.use = 'DUPLICATE' THEN 'duplicate'
                  WHEN p.use = 'MISMATCH' THEN 'mismatch' ELSE 'late' END AS kind,
             r."orderRefundId" IS NULL AND r."orderId" = ${own.id} AND p.use IN ('APPLIED', 'STRAY') AS "ownLate",
             (SELECT count(*)::int FROM refund_unit u WHERE u."orderRefundId" = r."orderRefundId"
                AND NOT EXISTS (SELECT FROM refund e WHERE e."orderRefundId" = r."orderRefundId" AND e.id < r.id)) AS units
      FROM refund r LEFT JOIN payment p ON p.id = r."paymentId" WHERE ${ofOrderOrCheckout(own)}
      UNION ALL
      SELECT d.id, 'PROVIDER', 'SUCCEEDED', d."amountMinor", d.currency, NULL, d."createdAt", d."createdAt", 'chargeback', false, 0
      FROM order_refund d WHERE d."orderId" = ${own.id} AND NOT EXISTS (SELECT FROM refund r WHERE r."orderRefundId" = d.id)
    ) shown)`
}
