import { notifyMerchant } from '@/lib/domain/notifications'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { z } from 'zod'

/** How many variants are told of in one turn; the others come with the next. */
const BATCH = 100

const Low = z.object({
  merchantId: z.string(),
  variantId: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  left: z.number(),
})

/**
 * Tells merchants of variants on sale whose sellable stock fell below what they want to keep (`lowStockAt`): once after each upload,
 * and at most once a day (UTC). Returns how many people were told; by several workers at once nobody is told twice.
 */
export async function alertLowStock(run: InTransaction, now: Date): Promise<number> {
  const low = await run((tx) =>
    selectRows(
      tx,
      Low,
      sql`
        SELECT v."merchantId", v.id AS "variantId", p."titleZh", p."titleEn", v."nameZh", v."nameEn", s.left
        FROM variant v JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
        JOIN merchant m ON m.id = v."merchantId" AND m.status = 'ACTIVE'
        CROSS JOIN LATERAL (SELECT count(*)::int AS left FROM (
          SELECT FROM cdk WHERE "variantId" = v.id AND state = 'AVAILABLE' AND "sellBy" > ${now} LIMIT v."lowStockAt") AS sellable) AS s
        WHERE v."lowStockAt" IS NOT NULL AND v.active AND v.delivery <> 'MANUAL' AND p.status = 'PUBLISHED' AND s.left < v."lowStockAt"
          AND EXISTS (
            SELECT FROM "user" u WHERE u."merchantId" = v."merchantId" AND NOT EXISTS (
              SELECT FROM notification n WHERE n."userId" = u.id AND n.kind = 'low-stock' AND n.data->>'variantId' = v.id::text
                AND n."createdAt" >= LEAST(date_trunc('day', ${now}::timestamptz, 'UTC'), COALESCE(
                  (SELECT max(b."createdAt") FROM stock_batch b WHERE b."variantId" = v.id), '-infinity'))))
        ORDER BY s.left, v.id LIMIT ${BATCH}`,
    ),
  )
  let told = 0
  for (const { merchantId, variantId, titleZh, titleEn, nameZh, nameEn, left } of low) {
    const names = { product: { zh: titleZh, en: titleEn }, variant: { zh: nameZh, en: nameEn } }
    const dedupeKey = `${variantId}:${now.toISOString().slice(0, 10)}`
    const note = { kind: 'low-stock', dedupeKey, data: { variantId, ...names, left } } as const
    told += await run((tx) => notifyMerchant(tx, merchantId, note, now))
  }
  return told
}
