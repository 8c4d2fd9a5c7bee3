import type { Tx } from '@/lib/domain/tx'
import { newId, randomSymbols } from '@/lib/kernel/ids'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { AttributeTemplate, type Attributes, fitAttributes } from './attributes'
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
}

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
 * its download address. Returns the product's id.
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
  for (const [position, { id, tiers, ...facts }] of variants.entries()) {
    const variantId = id ?? newId()
    if (id === undefined) {
      await tx.variant.create({
        data: { id: variantId, merchantId, productId, currency: 'CNY', position, createdAt: now, ...facts },
      })
    } else {
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
