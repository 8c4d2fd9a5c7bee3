import { z } from 'zod'
import { AfterSaleRules, Attributes, DELIVERY_KINDS } from '@/lib/domain/catalog'
import { CURRENCIES } from '@/lib/kernel/money'

/**
 * What was bought, from whom, for how much and under which rules, as it stood at purchase. Frozen on the order with its
 * hash: a merchant who edits the listing afterwards changes nothing for this buyer.
 */
export const OrderSnapshot = z.object({
  version: z.literal(1),
  product: z.object({
    id: z.string(),
    slug: z.string(),
    titleZh: z.string(),
    titleEn: z.string().nullable(),
    descriptionZh: z.string(),
    descriptionEn: z.string().nullable(),
    category: z.object({ slug: z.string(), nameZh: z.string(), nameEn: z.string(), glyph: z.string() }),
    attributes: Attributes,
    downloadUrl: z.string().nullable(),
    guideZh: z.string(),
    guideEn: z.string().nullable(),
  }),
  variant: z.object({ id: z.string(), nameZh: z.string(), nameEn: z.string().nullable() }),
  merchant: z.object({ id: z.string(), name: z.string(), legalName: z.string(), legalNumber: z.string() }),
  price: z.object({
    unitPriceMinor: z.int(),
    /** From how many pieces on this unit price holds; null for the plain price, and for orders from before it was kept. */
    tierFrom: z.int().nullable().default(null),
    quantity: z.int(),
    /** Off by a coupon, and the part of it that the platform pays. Orders from before coupons have none. */
    discountMinor: z.int().default(0),
    promoMinor: z.int().default(0),
    couponCode: z.string().nullable().default(null),
    totalMinor: z.int(),
    feeBps: z.int(),
    feeMinor: z.int(),
    currency: z.enum(CURRENCIES),
  }),
  /** How it is delivered, and what was promised of that. Orders from before there were kinds are automatic. */
  delivery: z
    .object({
      kind: z.enum(DELIVERY_KINDS),
      /** By hand: within so many hours of payment. */
      hours: z.int().nullable().default(null),
      /** Shared: for how many buyers each code is at most. */
      seats: z.int().nullable().default(null),
    })
    .default({ kind: 'AUTOMATIC', hours: null, seats: null }),
  /** Days of validity left at delivery, where they were promised. */
  validityDays: z.int().nullable().default(null),
  rules: AfterSaleRules,
  placedAt: z.string(),
})
export type OrderSnapshot = z.infer<typeof OrderSnapshot>
