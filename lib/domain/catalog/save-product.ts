import type { Tx } from '@/lib/domain/tx'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { AttributeTemplate, type Attributes, fitAttributes } from './attributes'
import { AUTOMATIC, type Delivery, changeDelivery, deliveryColumns, requireSoundDelivery } from './delivery'
import type { Tier } from './price'
import { searchTextOf } from './search-text'

export interface VariantInput {
  /** Absent for a new variant. */
  readonly id?: string
  readonly nameZh: string
  readonly nameEn: string | null
  readonly priceMinor: Minor
  readonly maxPerOrder: number
  readonly active: boolean
  readonly tiers: readonly Tier[]
  /** Left out: automatic for a new variant, as it is for one that is there. */
  readonly delivery?: Delivery | undefined
  /** The merchant is told when fewer CDKs are left; null for the usual mark. Left out: as it is. */
  readonly lowStockAt?: number | null | undefined
  /** Promised days of validity left at delivery, of a new variant. For one that is there CDKs hang on it: `changeValidity` in stock. */
  readonly validityDays?: number | null | undefined
}

/** The highest mark of low stock: further nobody counts. */
export const MOST_LOW_STOCK = 1_000

/** The longest validity that may be promised, in days. */
export const MOST_VALIDITY_DAYS = 3_650

export interface ProductInput {
  /** Absent for a new product. */
  readonly id?: string
  readonly categoryId: string
  readonly titleZh: string
  readonly titleEn: string | null
  readonly descriptionZh: string
  readonly descriptionEn: string | null
  readonly attributes: Attributes
  readonly downloadUrl: string | null
  readonly guideZh: string
  readonly guideEn: string | null
  readonly variants: readonly VariantInput[]
}

/**
 * Creates (as a draft) or changes a merchant's product with its variants; variants left out become inactive, because
 * orders and CDKs hang on them. Refuses `access/not-found` for another merchant's product or variant,
 * `catalog/no-variant`, `catalog/attribute-missing`, and `catalog/address-required` when a published product would lose
 * its download address, and what `requireSoundDelivery` and `changeDelivery` refuse. Returns the product's id.
 */
export async function saveProduct(tx: Tx, merchantId: string, input: ProductInput, now: Date): Promise<string> {
  const category = await tx.category.findUnique({ where: { id: input.categoryId } })
  if (!category) throw new Refusal('access/not-found')
  if (input.variants.length === 0) throw new Refusal('catalog/no-variant')
  const attributes = fitAttributes(AttributeTemplate.parse(category.attributeTemplate), input.attributes)
  const facts = {
    categoryId: category.id,
    needsDownloadAddress: category.needsDownloadAddress,
    titleZh: input.titleZh,
    titleEn: input.titleEn,
    descriptionZh: input.descriptionZh,
    descriptionEn: input.descriptionEn,
    attributes,
    region: attributes.region ?? null,
    platform: attributes.platform ?? null,
    downloadUrl: input.downloadUrl,
    guideZh: input.guideZh,
    guideEn: input.guideEn,
    searchText: searchTextOf(
      input.titleZh,
      input.titleEn,
      category.nameZh,
      category.nameEn,
      ...Object.values(attributes),
      ...input.variants.flatMap(({ active, nameZh, nameEn }) => (active ? [nameZh, nameEn] : [])),
    ),
    updatedAt: now,
  }
  const id = input.id ?? newId()
  if (input.id === undefined) {
    const slug = `p-${randomSymbols(10).toLowerCase()}`
    await tx.product.create({ data: { id, merchantId, slug, status: 'DRAFT', createdAt: now, ...facts } })
  } else {
    await changeProduct(tx, merchantId, id, facts)
  }
  await saveVariants(tx, merchantId, id, input.variants, now)
  return id
}

type Facts = Parameters<Tx['product']['updateMany']>[0]['data'] & {
  needsDownloadAddress: boolean
  downloadUrl: string | null
}

async function changeProduct(tx: Tx, merchantId: string, id: string, facts: Facts): Promise<void> {
  const bare = facts.needsDownloadAddress && !facts.downloadUrl
  const { count } = await tx.product.updateMany({
    where: { id, merchantId, ...(bare ? { status: { not: 'PUBLISHED' } } : {}) },
    data: facts,
  })
  if (count === 1) return
  const found = await tx.product.count({ where: { id, merchantId } })
  throw new Refusal(found === 1 ? 'catalog/address-required' : 'access/not-found')
}

async function saveVariants(
  tx: Tx,
  merchantId: string,
  productId: string,
  variants: readonly VariantInput[],
  now: Date,
) {
  const kept = variants.flatMap(({ id }) => id ?? [])
  await tx.variant.updateMany({ where: { merchantId, productId, id: { notIn: kept } }, data: { active: false } })
  for (const [position, { id, tiers, delivery, validityDays = null, lowStockAt, ...told }] of variants.entries()) {
    const variantId = id ?? newId()
    const stated = delivery ?? (id === undefined ? AUTOMATIC : null)
    if (stated) requireSoundDelivery(stated, told.maxPerOrder)
    const low = lowStockAt === undefined ? {} : { lowStockAt }
    const facts = { ...told, ...low, ...(stated ? deliveryColumns(stated) : {}) }
    if (id === undefined) {
      await tx.variant.create({
        data: {
          id: variantId,
          merchantId,
          productId,
          currency: 'CNY',
          position,
          createdAt: now,
          validityDays,
          ...facts,
        },
      })
    } else {
      const owned = await tx.variant.count({ where: { id, merchantId, productId } })
      if (owned === 0) throw new Refusal('access/not-found')
      if (stated) await changeDelivery(tx, { id, merchantId }, stated)
      const { count } = await tx.variant.updateMany({
        where: { id, merchantId, productId },
        data: { ...facts, position },
      })
      if (count === 0) throw new Refusal('access/not-found')
    }
    await tx.wholesaleTier.deleteMany({ where: { variantId, merchantId } })
    if (tiers.length > 0)
      await tx.wholesaleTier.createMany({ data: tiers.map((tier) => ({ merchantId, variantId, ...tier })) })
  }
}
