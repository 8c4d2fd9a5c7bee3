import { notifyMerchant } from '@/lib/domain/notifications'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { DAY_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'

export const EXPIRY_ALERT_DAYS = 7
const BATCH = 100

const Expiring = z.object({
  merchantId: z.string(),
  variantId: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  count: z.number(),
  firstAt: z.date(),
})

/**
 * Tells merchants of unsold CDKs that expire within EXPIRY_ALERT_DAYS, once a variant and week (from Monday, UTC). Returns how many
 * people were told; by several workers at once nobody is told twice.
 */
export async function alertExpiring(run: InTransaction, now: Date): Promise<number> {
  const monday = mondayOf(now)
  const expiring = await run((tx) =>
    selectRows(
      tx,
      Expiring,
      sql`
        SELECT e.*, v."merchantId", p."titleZh", p."titleEn", v."nameZh", v."nameEn"
        FROM merchant m CROSS JOIN LATERAL (
          SELECT c."variantId", count(*)::int AS count, min(c."expiresAt") AS "firstAt" FROM cdk c
          WHERE c."merchantId" = m.id AND c.state = 'AVAILABLE'
            AND c."expiresAt" > ${now} AND c."expiresAt" <= ${after(now, EXPIRY_ALERT_DAYS * DAY_MS)}
          GROUP BY c."variantId") AS e
        JOIN variant v ON v.id = e."variantId" JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
        WHERE EXISTS (
          SELECT FROM "user" u WHERE u."merchantId" = m.id AND NOT EXISTS (
            SELECT FROM notification n WHERE n."userId" = u.id AND n.kind = 'stock-expiring'
              AND n.data->>'variantId' = v.id::text AND n."createdAt" >= ${monday}))
        ORDER BY e."firstAt", v.id LIMIT ${BATCH}`,
    ),
  )
  let told = 0
  for (const { merchantId, variantId, titleZh, titleEn, nameZh, nameEn, count, firstAt } of expiring) {
    const names = { product: { zh: titleZh, en: titleEn }, variant: { zh: nameZh, en: nameEn } }
    const data = { variantId, ...names, count, firstAt: firstAt.toISOString() }
    const note = {
      kind: 'stock-expiring',
      dedupeKey: `${variantId}:${monday.toISOString().slice(0, 10)}`,
      data,
    } as const
    told += await run((tx) => notifyMerchant(tx, merchantId, note, now))
  }
  return told
}

function mondayOf(now: Date): Date {
  const midnight = new Date(now.toISOString().slice(0, 10))
  return after(midnight, -((midnight.getUTCDay() + 6) % 7) * DAY_MS)
}
