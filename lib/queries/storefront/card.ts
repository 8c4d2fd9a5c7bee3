import { z } from 'zod'
import { type Sql, sql } from '@/lib/domain/tx'
import { CURRENCIES, type Minor } from '@/lib/kernel/money'
import { depositMinor } from './deposit'
import { DeliveryShown, deliveryOf } from './delivery'
import { said } from './localise'

/** Stock is counted up to here on a card: below it the number is shown, from it on there is "enough". */
export const LOW_STOCK = 20

export interface ProductCard {
  readonly slug: string
  readonly title: string
  readonly category: { readonly slug: string; readonly name: string; readonly glyph: string }
  readonly region: string | null
  readonly platform: string | null
  /** What the cover says large: the edition, else the variant that the price belongs to. */
  readonly headline: string
  /** The lowest price that can be bought right now; with everything sold out, the lowest there was. */
  readonly fromMinor: Minor
  readonly manyPrices: boolean
  readonly currency: string
  /** Over all variants; `LOW_STOCK + 1` means "more than that". */
  readonly stock: number
  /** Of the variant that the price belongs to. */
  readonly delivery: DeliveryShown
  /** The variant, where there is nothing to choose: it can be put into the cart from the card. Null with several. */
  readonly onlyVariantId: string | null
  readonly merchant: { readonly slug: string; readonly name: string; readonly depositMinor: Minor }
}

export const CardRow = z.object({
  slug: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  region: z.string().nullable(),
  platform: z.string().nullable(),
  edition: z.string().nullable(),
  category: z.object({ slug: z.string(), nameZh: z.string(), nameEn: z.string(), glyph: z.string() }),
  merchant: z.object({ slug: z.string(), name: z.string(), depositMinor: z.int() }),
  variantZh: z.string(),
  variantEn: z.string().nullable(),
  variantId: z.string(),
  variants: z.int(),
  fromMinor: z.int(),
  prices: z.int(),
  currency: z.enum(CURRENCIES),
  stock: z.int(),
  delivery: DeliveryShown,
})
export type CardRow = z.infer<typeof CardRow>

/**
 * Cards of the products in the CTE `picked` (id, rank), as one JSON array in rank order. What may not be sold any more counts for nothing. Stock counts stop at the low
 * mark per variant, so a card costs the same whether there are 30 CDKs or a million.
 */
export function cardsOf(picked: Sql, now: Date): Sql {
  return sql`
    SELECT COALESCE(jsonb_agg(jsonb_build_object(
      'slug', p.slug, 'titleZh', p."titleZh", 'titleEn', p."titleEn", 'region', p.region, 'platform', p.platform,
      'edition', p.attributes->>'edition',
      'category', jsonb_build_object('slug', c.slug, 'nameZh', c."nameZh", 'nameEn', c."nameEn", 'glyph', c.glyph),
      'merchant', jsonb_build_object('slug', m.slug, 'name', m.name, 'depositMinor', ${depositMinor}),
      'variantZh', o."nameZh", 'variantEn', o."nameEn", 'variantId', o."variantId", 'variants', o.variants, 'fromMinor', o."fromMinor",
      'prices', o.prices, 'currency', o.currency, 'stock', o.stock, 'delivery', o.delivery) ORDER BY k.rank), '[]'::jsonb)
    FROM ${picked} k
    JOIN product p ON p.id = k.id
    JOIN category c ON c.id = p."categoryId"
    JOIN merchant m ON m.id = p."merchantId"
    CROSS JOIN LATERAL (
      SELECT count(DISTINCT v."priceMinor") AS prices, min(v.currency) AS currency, count(*) AS variants,
             (array_agg(v.id ORDER BY s.stock > 0 DESC, v."priceMinor"))[1] AS "variantId",
             (array_agg(v."nameZh" ORDER BY s.stock > 0 DESC, v."priceMinor"))[1] AS "nameZh",
             (array_agg(v."nameEn" ORDER BY s.stock > 0 DESC, v."priceMinor"))[1] AS "nameEn",
             (array_agg(${deliveryOf} ORDER BY s.stock > 0 DESC, v."priceMinor"))[1] AS delivery,
             COALESCE(min(v."priceMinor") FILTER (WHERE s.stock > 0), min(v."priceMinor")) AS "fromMinor",
             LEAST(sum(s.stock), ${LOW_STOCK + 1}) AS stock
      FROM variant v
      CROSS JOIN LATERAL (
        SELECT CASE v.delivery WHEN 'MANUAL' THEN ${LOW_STOCK + 1} ELSE count(*) END AS stock
        FROM (SELECT 1 FROM cdk WHERE cdk."variantId" = v.id AND cdk.state = 'AVAILABLE' AND cdk."sellBy" > ${now}::timestamptz
              LIMIT ${LOW_STOCK + 1}) counted
      ) s
      WHERE v."productId" = p.id AND v."merchantId" = p."merchantId" AND v.active
    ) o`
}

/** What a cover says large. Editions are written in one language only, so an English variant name goes first in English. */
export function headlineOf(
  locale: string,
  edition: string | null | undefined,
  variant: { variantZh: string; variantEn: string | null },
): string {
  if (locale === 'en' && variant.variantEn) return variant.variantEn
  return edition ?? variant.variantZh
}

export function toCard(row: CardRow, locale: string): ProductCard {
  const { slug, category, merchant, region, platform, fromMinor, currency, stock, delivery } = row
  return {
    slug,
    title: said(locale, row.titleZh, row.titleEn),
    category: { slug: category.slug, name: said(locale, category.nameZh, category.nameEn), glyph: category.glyph },
    region,
    platform,
    headline: headlineOf(locale, row.edition, row),
    fromMinor,
    manyPrices: row.prices > 1,
    currency,
    stock,
    delivery,
    onlyVariantId: row.variants === 1 ? row.variantId : null,
    merchant,
  }
}
