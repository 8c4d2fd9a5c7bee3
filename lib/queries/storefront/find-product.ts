import { z } from 'zod'
import { AfterSaleRules, AttributeTemplate, type AttributeKey, Attributes, type Tier } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES, type Minor } from '@/lib/kernel/money'
import { type MerchantWithRecord, MerchantWithRecordJson, merchantWithRecord } from './find-merchant'
import { headlineOf } from './card'
import { DeliveryShown, deliveryOf } from './delivery'
import { said } from './localise'

/** Stock is exact below this; the page says "999+" from it on. */
const MOST_COUNTED_STOCK = 1000

export interface ProductVariant {
  readonly id: string
  readonly name: string
  readonly priceMinor: Minor
  readonly currency: string
  readonly maxPerOrder: number
  readonly delivery: DeliveryShown
  /** Promised days of validity left at delivery; null for none. */
  readonly validityDays: number | null
  /** Those that one order can reach. */
  readonly tiers: readonly Tier[]
  /** At most `MOST_COUNTED_STOCK`; as many by hand. */
  readonly stock: number
}

export interface ProductPage {
  readonly slug: string
  /** `unlisted`: taken off sale by the merchant; `paused`: the merchant may not sell at the moment. */
  readonly state: 'selling' | 'unlisted' | 'paused'
  readonly title: string
  readonly description: string
  readonly category: { readonly slug: string; readonly name: string; readonly glyph: string }
  /** What the category asks merchants to state; null where this one did not. */
  readonly facts: ReadonlyArray<{ readonly key: AttributeKey; readonly value: string | null }>
  readonly region: string | null
  readonly platform: string | null
  readonly headline: string
  readonly downloadAddress: 'included' | 'not-needed' | 'none'
  readonly rules: AfterSaleRules
  readonly merchant: MerchantWithRecord
  readonly variants: readonly ProductVariant[]
}

const Row = z.object({
  slug: z.string(),
  status: z.enum(['PUBLISHED', 'UNLISTED']),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  descriptionZh: z.string(),
  descriptionEn: z.string().nullable(),
  attributes: Attributes,
  region: z.string().nullable(),
  platform: z.string().nullable(),
  hasDownloadUrl: z.boolean(),
  needsDownloadAddress: z.boolean(),
  category: z.object({ slug: z.string(), nameZh: z.string(), nameEn: z.string(), glyph: z.string() }),
  attributeTemplate: AttributeTemplate,
  rules: AfterSaleRules,
  variants: z.array(
    z.object({
      id: z.string(),
      nameZh: z.string(),
      nameEn: z.string().nullable(),
      priceMinor: z.int(),
      currency: z.enum(CURRENCIES),
      maxPerOrder: z.int(),
      delivery: DeliveryShown,
      validityDays: z.int().nullable(),
      tiers: z.array(z.object({ minQuantity: z.int(), unitPriceMinor: z.int() })),
      stock: z.int(),
    }),
  ),
})
type Row = z.infer<typeof Row>

const RowWithMerchant = Row.extend({ merchant: MerchantWithRecordJson })

/**
 * Everything that the product page shows, in one statement; null for drafts and unknown slugs. The guide and the download
 * address are not part of it: they are delivered with the CDK.
 */
export async function findProduct(tx: Tx, locale: string, slug: string, now: Date): Promise<ProductPage | null> {
  const [row] = await selectRows(
    tx,
    RowWithMerchant,
    sql`
      SELECT p.slug, p.status, p."titleZh", p."titleEn", p."descriptionZh", p."descriptionEn", p.attributes, p.region, p.platform,
             p."downloadUrl" IS NOT NULL AS "hasDownloadUrl", p."needsDownloadAddress", c."attributeTemplate", c.rules,
             jsonb_build_object('slug', c.slug, 'nameZh', c."nameZh", 'nameEn', c."nameEn", 'glyph', c.glyph) AS category,
             (SELECT to_jsonb(facts) FROM (SELECT ${merchantWithRecord(now)}) facts) AS merchant,
             COALESCE((
               SELECT jsonb_agg(jsonb_build_object(
                 'id', v.id, 'nameZh', v."nameZh", 'nameEn', v."nameEn", 'priceMinor', v."priceMinor", 'currency', v.currency,
                 'maxPerOrder', v."maxPerOrder",
                 'tiers', COALESCE((SELECT jsonb_agg(jsonb_build_object('minQuantity', t."minQuantity", 'unitPriceMinor', t."unitPriceMinor")
                                                     ORDER BY t."minQuantity")
                                    FROM wholesale_tier t WHERE t."variantId" = v.id), '[]'::jsonb),
                 'delivery', ${deliveryOf}, 'validityDays', v."validityDays",
                 'stock', CASE v.delivery WHEN 'MANUAL' THEN ${MOST_COUNTED_STOCK} ELSE (SELECT count(*) FROM (SELECT 1 FROM cdk WHERE cdk."variantId" = v.id AND cdk.state = 'AVAILABLE'
                                                 AND cdk."sellBy" > ${now}::timestamptz LIMIT ${MOST_COUNTED_STOCK}) counted) END
               ) ORDER BY v.position, v.id)
               FROM variant v WHERE v."productId" = p.id AND v."merchantId" = p."merchantId" AND v.active), '[]'::jsonb) AS variants
      FROM product p JOIN category c ON c.id = p."categoryId" JOIN merchant m ON m.id = p."merchantId"
      WHERE p.slug = ${slug} AND p.status IN ('PUBLISHED', 'UNLISTED') AND m.status <> 'PENDING'`,
  )
  return row ? toPage(row, row.merchant, locale) : null
}

function toPage(row: Row, merchant: MerchantWithRecord, locale: string): ProductPage {
  const { slug, category, region, platform, rules } = row
  const title = said(locale, row.titleZh, row.titleEn)
  const [cheapest] = row.variants.toSorted(
    (a, b) => Number(b.stock > 0) - Number(a.stock > 0) || a.priceMinor - b.priceMinor,
  )
  const variants = row.variants.map(({ nameZh, nameEn, tiers, ...rest }) =>
    Object.assign(rest, {
      name: said(locale, nameZh, nameEn),
      tiers: tiers.filter(({ minQuantity }) => minQuantity <= rest.maxPerOrder),
    }),
  )
  return {
    slug,
    state: !merchant.selling ? 'paused' : row.status === 'UNLISTED' || variants.length === 0 ? 'unlisted' : 'selling',
    title,
    description: said(locale, row.descriptionZh, row.descriptionEn),
    category: { slug: category.slug, name: said(locale, category.nameZh, category.nameEn), glyph: category.glyph },
    facts: row.attributeTemplate.map(({ key }) => ({ key, value: row.attributes[key] ?? null })),
    region,
    platform,
    headline: cheapest
      ? headlineOf(locale, row.attributes.edition, { variantZh: cheapest.nameZh, variantEn: cheapest.nameEn })
      : title,
    downloadAddress: row.hasDownloadUrl ? 'included' : row.needsDownloadAddress ? 'none' : 'not-needed',
    rules,
    merchant,
    variants,
  }
}
