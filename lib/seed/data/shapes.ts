import type { MerchantTier } from '@/lib/infra/prisma/enums'
import type { AttributeTemplate, Attributes, AfterSaleRules, Delivery } from '@/lib/domain/catalog'
import type { Minor } from '@/lib/kernel/money'
import type { CodeFormat } from '@/lib/seed/codes'

export interface SeedCategory {
  readonly slug: string
  readonly nameZh: string
  readonly nameEn: string
  readonly glyph: string
  readonly attributeTemplate: AttributeTemplate
  readonly needsDownloadAddress: boolean
  readonly rules: Partial<AfterSaleRules>
}

export interface SeedMerchant {
  readonly slug: string
  readonly name: string
  readonly legalName: string
  /** Unified Social Credit Code in its true form, of a company that does not exist. */
  readonly legalNumber: string
  readonly contactEmail: string
  readonly feeBps: number
  readonly depositMinor: Minor
  readonly tier: MerchantTier
  readonly active: boolean
}

export interface SeedVariant {
  readonly nameZh: string
  readonly nameEn: string
  readonly priceMinor: Minor
  readonly stock: number
  /** Automatic unless said otherwise; shared codes are as many as `stock` says, each for so many buyers. */
  readonly delivery?: Delivery
  /** Ten, or what the highest tier asks for, unless said otherwise. */
  readonly maxPerOrder?: number
  /** [from this many, unit price] */
  readonly tiers?: readonly (readonly [number, Minor])[]
}

export interface SeedProduct {
  readonly merchant: string
  readonly titleZh: string
  readonly titleEn: string
  readonly descriptionZh: string
  readonly descriptionEn: string
  readonly attributes: Attributes
  readonly downloadUrl?: string
  /** The guide, one step a line. */
  readonly guideZh: readonly string[]
  readonly guideEn: readonly string[]
  readonly codes: CodeFormat
  readonly variants: readonly SeedVariant[]
  /** Published unless said otherwise. */
  readonly status?: 'DRAFT' | 'UNLISTED'
}

export function mostPerOrder({ maxPerOrder, tiers = [] }: SeedVariant): number {
  return maxPerOrder ?? Math.max(10, ...tiers.map(([from]) => from))
}
