import { z } from 'zod'
import { AfterSaleRules, AttributeTemplate, Attributes } from '@/lib/domain/catalog'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { DeliveryKind, ProductStatus } from '@/lib/infra/prisma/enums'

const CategoryChoice = z.object({
  id: z.string(),
  slug: z.string(),
  nameZh: z.string(),
  nameEn: z.string(),
  glyph: z.string(),
  attributeTemplate: AttributeTemplate,
  needsDownloadAddress: z.boolean(),
  rules: AfterSaleRules,
})
export type CategoryChoice = z.infer<typeof CategoryChoice>

/** Every category that a product can be listed in, in the mall's order. */
export async function listCategoryChoices(db: Tx): Promise<CategoryChoice[]> {
  return selectRows(
    db,
    CategoryChoice,
    sql`SELECT id, slug, "nameZh", "nameEn", glyph, "attributeTemplate", "needsDownloadAddress", rules FROM category ORDER BY position, id`,
  )
}

const EditedVariant = z.object({
  id: z.string(),
  nameZh: z.string(),
  nameEn: z.string().nullable(),
  priceMinor: z.number(),
  maxPerOrder: z.number(),
  delivery: z.enum(DeliveryKind),
  deliveryHours: z.number().nullable(),
  sharedSeats: z.number().nullable(),
  lowStockAt: z.number().nullable(),
  validityDays: z.number().nullable(),
  active: z.boolean(),
  left: z.number(),
  tiers: z.array(z.object({ minQuantity: z.number(), unitPriceMinor: z.number() })),
})
export type EditedVariant = z.infer<typeof EditedVariant>

const EditedProduct = z.object({
  id: z.string(),
  slug: z.string(),
  titleZh: z.string(),
  titleEn: z.string().nullable(),
  descriptionZh: z.string(),
  descriptionEn: z.string().nullable(),
  attributes: Attributes,
  downloadUrl: z.string().nullable(),
  guideZh: z.string(),
  guideEn: z.string().nullable(),
  status: z.enum(ProductStatus),
  category: CategoryChoice,
  variants: z.array(EditedVariant),
})
export type EditedProduct = z.infer<typeof EditedProduct>

/** One product with its category, variants and tiers in one statement; null for another merchant's. */
export async function findMerchantProduct(
  db: Tx,
  merchantId: string,
  productId: string,
  now: Date,
): Promise<EditedProduct | null> {
  const [product] = await selectRows(
    db,
    EditedProduct,
    sql`
      SELECT p.id, p.slug, p."titleZh", p."titleEn", p."descriptionZh", p."descriptionEn", p.attributes, p."downloadUrl", p."guideZh", p."guideEn",
             p.status::text AS status,
             jsonb_build_object('id', c.id, 'slug', c.slug, 'nameZh', c."nameZh", 'nameEn', c."nameEn", 'glyph', c.glyph,
               'attributeTemplate', c."attributeTemplate", 'needsDownloadAddress', c."needsDownloadAddress", 'rules', c.rules) AS category,
             COALESCE((
               SELECT jsonb_agg(jsonb_build_object('id', v.id, 'nameZh', v."nameZh", 'nameEn', v."nameEn", 'priceMinor', v."priceMinor",
                 'maxPerOrder', v."maxPerOrder", 'delivery', v.delivery, 'deliveryHours', v."deliveryHours", 'sharedSeats', v."sharedSeats", 'active', v.active,
                 'lowStockAt', v."lowStockAt", 'validityDays', v."validityDays",
                 'left', (SELECT count(*) FROM (SELECT 1 FROM cdk WHERE "variantId" = v.id AND state = 'AVAILABLE'
                           AND "sellBy" > ${now}::timestamptz LIMIT 1000) AS x),
                 'tiers', COALESCE((SELECT jsonb_agg(jsonb_build_object('minQuantity', t."minQuantity", 'unitPriceMinor', t."unitPriceMinor")
                                     ORDER BY t."minQuantity") FROM wholesale_tier t WHERE t."variantId" = v.id), '[]'::jsonb))
                 ORDER BY v.active DESC, v.position, v.id)
               FROM variant v WHERE v."merchantId" = p."merchantId" AND v."productId" = p.id), '[]'::jsonb) AS variants
      FROM product p JOIN category c ON c.id = p."categoryId"
      WHERE p.id = ${productId}::uuid AND p."merchantId" = ${merchantId}::uuid`,
  )
  return product ?? null
}
