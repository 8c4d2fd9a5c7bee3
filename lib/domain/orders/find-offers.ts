import { z } from 'zod'
import { AfterSaleRules, Attributes, DELIVERY_KINDS } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'

const Offer = z.object({
  variantId: z.string(),
  variantNameZh: z.string(),
  variantNameEn: z.string().nullable(),
  priceMinor: z.number(),
  currency: z.enum(CURRENCIES),
  maxPerOrder: z.number(),
  delivery: z.object({ kind: z.enum(DELIVERY_KINDS), hours: z.int().nullable(), seats: z.int().nullable() }),
  validityDays: z.number().nullable(),
  tiers: z.array(z.object({ minQuantity: z.number(), unitPriceMinor: z.number() })),
  productId: z.string(),
  slug: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  descriptionZh: z.string(),
  descriptionEn: z.string().nullable(),
  attributes: Attributes,
  downloadUrl: z.string().nullable(),
  guideZh: z.string(),
  guideEn: z.string().nullable(),
  category: z.object({ slug: z.string(), nameZh: z.string(), nameEn: z.string(), glyph: z.string() }),
  rules: AfterSaleRules,
  merchant: z.object({ id: z.string(), name: z.string(), legalName: z.string(), legalNumber: z.string() }),
  feeBps: z.number(),
})
export type Offer = z.infer<typeof Offer>

/** What variants are sold as right now, by id, in one statement; those that they, their product or merchant do not sell are missing. */
export async function findOffers(tx: Tx, variantIds: readonly string[]): Promise<ReadonlyMap<string, Offer>> {
  const offers = await selectRows(
    tx,
    Offer,
    sql`
      SELECT v.id AS "variantId", v."nameZh" AS "variantNameZh", v."nameEn" AS "variantNameEn", v."priceMinor", v.currency,
             v."maxPerOrder", jsonb_build_object('kind', v.delivery, 'hours', v."deliveryHours", 'seats', v."sharedSeats") AS delivery, v."validityDays", p.id AS "productId", p.slug, p."titleZh", p."titleEn", p."descriptionZh", p."descriptionEn",
             p.attributes, p."downloadUrl", p."guideZh", p."guideEn", c.rules, m."feeBps",
             jsonb_build_object('slug', c.slug, 'nameZh', c."nameZh", 'nameEn', c."nameEn", 'glyph', c.glyph) AS category,
             jsonb_build_object('id', m.id, 'name', m.name, 'legalName', m."legalName", 'legalNumber', m."legalNumber") AS merchant,
             COALESCE((SELECT jsonb_agg(jsonb_build_object('minQuantity', t."minQuantity", 'unitPriceMinor', t."unitPriceMinor"))
                       FROM wholesale_tier t WHERE t."variantId" = v.id), '[]'::jsonb) AS tiers
      FROM variant v
      JOIN product p ON p."merchantId" = v."merchantId" AND p.id = v."productId"
      JOIN category c ON c.id = p."categoryId"
      JOIN merchant m ON m.id = v."merchantId"
      WHERE v.id = ANY (${[...variantIds]}::uuid[]) AND v.active AND p.status = 'PUBLISHED' AND m.status = 'ACTIVE'`,
  )
  return new Map(offers.map((offer) => [offer.variantId, offer]))
}
