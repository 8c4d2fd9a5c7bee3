import { sql } from '@/lib/domain/tx'
import { type Invariant, bySql } from './invariant'

/** What the stock desk does to CDKs. */
export const DESK: readonly Invariant[] = [
  bySql({
    name: 'stock/sell-by',
    says: 'until when a CDK is sold follows from its expiry and the longer of the promises of its variant and its batch',
    unit: 'CDKs',
    of: sql`SELECT count(*) FROM cdk`,
    offenders: () => sql`
      SELECT c.id::text AS id FROM cdk c JOIN variant v ON v.id = c."variantId" JOIN stock_batch b ON b.id = c."batchId"
      WHERE c."sellBy" <> COALESCE(
        c."expiresAt" - make_interval(hours => 24 * GREATEST(COALESCE(v."validityDays", 0), COALESCE(b."validityDays", 0))),
        '9999-12-31 00:00:00+00'::timestamptz)`,
  }),
  bySql({
    name: 'stock/exported',
    says: 'a CDK that left in an export is out of sale for good, says so in its history, and its export is written down',
    unit: 'exported CDKs',
    of: sql`SELECT count(*) FROM stock_export_unit`,
    offenders: () => sql`
      SELECT u."cdkId"::text AS id FROM stock_export_unit u JOIN cdk c ON c.id = u."cdkId"
      LEFT JOIN stock_export e ON e.id = u."exportId" AND e."merchantId" = u."merchantId"
      WHERE c.state <> 'RETIRED' OR c."orderId" IS NOT NULL OR e.id IS NULL
         OR NOT EXISTS (SELECT FROM cdk_event v WHERE v."cdkId" = c.id AND v.type = 'exported')
      UNION ALL
      SELECT v."cdkId"::text FROM cdk_event v WHERE v.type = 'exported'
        AND NOT EXISTS (SELECT FROM stock_export_unit u WHERE u."cdkId" = v."cdkId")`,
  }),
]
