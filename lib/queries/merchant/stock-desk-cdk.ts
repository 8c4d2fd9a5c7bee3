import { z } from 'zod'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { ChainEvent, chainColumn } from '@/lib/queries/provenance'
import { DeskRow } from './stock-desk'

const DeskCdk = DeskRow.omit({ fileName: true, exported: true }).extend({
  productId: z.string(),
  fileName: z.string().nullable(),
  uploadedAt: z.date(),
  batchCostMinor: z.number().nullable(),
  batchRetired: z.boolean(),
  batchFrozen: z.boolean(),
  deliveredAt: z.date().nullable(),
  revealedAt: z.date().nullable(),
  exportId: z.string().nullable(),
  chain: z.array(ChainEvent),
})
export type DeskCdk = z.infer<typeof DeskCdk>

/** A CDK of the merchant with its history, never its plaintext, in one statement; null for another's. */
export async function findDeskCdk(db: Tx, merchantId: string, id: string): Promise<DeskCdk | null> {
  const [cdk] = await selectRows(
    db,
    DeskCdk,
    sql`
      SELECT c.id, c.state::text AS state, c."variantId", c."batchId", v."productId", p."titleZh", p."titleEn", v."nameZh", v."nameEn",
             b."fileName", b."createdAt" AS "uploadedAt", b."costMinor" AS "batchCostMinor", b."retiredAt" IS NOT NULL AS "batchRetired",
             b."frozenAt" IS NOT NULL AS "batchFrozen", c."createdAt", c."expiresAt", c."sellBy", c."costMinor", c.note, c."deliveredAt",
             c."revealedAt", c."orderId", o.number AS "orderNumber",
             (SELECT u."exportId" FROM stock_export_unit u WHERE u."cdkId" = c.id) AS "exportId", ${chainColumn(sql`c.id`)} AS chain
      FROM cdk c JOIN variant v ON v.id = c."variantId" JOIN product p ON p.id = v."productId" JOIN stock_batch b ON b.id = c."batchId"
      LEFT JOIN "order" o ON o.id = c."orderId"
      WHERE c.id = ${id}::uuid AND c."merchantId" = ${merchantId}::uuid`,
  )
  return cdk ?? null
}
