import { createCategory, publishProduct, saveProduct, unlistProduct } from '@/lib/domain/catalog'
import { importCdks } from '@/lib/domain/stock'
import type { Tx } from '@/lib/domain/tx'
import { HOUR_MS, MINUTE_MS, after } from '@/lib/kernel/time'
import { codesOf } from './codes'
import { CATEGORIES, PRODUCTS, type SeedProduct, mostPerOrder } from './data'
import { diceFor } from './dice'
import type { Mall } from './mall'

/** Opens the categories that are not there yet. */
export async function fillCategories({ db, run }: Mall, at: Date): Promise<void> {
  const there = new Set((await db.category.findMany({ select: { slug: true } })).map(({ slug }) => slug))
  for (const [position, category] of CATEGORIES.entries()) {
    if (!there.has(category.slug)) await run((tx) => createCategory(tx, { ...category, position }, at))
  }
}

/**
 * Lists the products that are not there yet, each with its stock in one transaction: an interrupted seed never leaves
 * half a product. Says how many there are now.
 */
export async function fillProducts(mall: Mall, at: Date, told: (done: number, of: number) => void): Promise<void> {
  const { db, run } = mall
  const merchants = await db.merchant.findMany({ select: { id: true, slug: true, users: { select: { id: true } } } })
  const categories = await db.category.findMany({ select: { id: true, slug: true } })
  const there = new Set((await db.product.findMany({ select: { titleZh: true } })).map(({ titleZh }) => titleZh))
  const wanted = Object.entries(PRODUCTS).flatMap(([slug, products]) => products.map((product) => ({ slug, product })))
  let done = 0
  for (const { slug, product } of shuffled(wanted)) {
    const merchant = merchants.find((candidate) => candidate.slug === product.merchant)
    const category = categories.find((candidate) => candidate.slug === slug)
    const [owner] = merchant?.users ?? []
    if (!merchant || !category || !owner)
      throw new Error(`The seed names no merchant or category for ${product.titleZh}`)
    const listedAt = after(at, done * 10 * HOUR_MS)
    if (!there.has(product.titleZh)) {
      await run((tx) =>
        listProduct(
          tx,
          mall,
          { merchantId: merchant.id, ownerId: owner.id, categoryId: category.id },
          product,
          listedAt,
        ),
      )
    }
    done += 1
    told(done, wanted.length)
  }
}

async function listProduct(
  tx: Tx,
  { vault, stockShare }: Mall,
  { merchantId, ownerId, categoryId }: { merchantId: string; ownerId: string; categoryId: string },
  product: SeedProduct,
  at: Date,
): Promise<void> {
  const { titleZh, titleEn, descriptionZh, descriptionEn, attributes, downloadUrl = null } = product
  const input = {
    categoryId,
    titleZh,
    titleEn,
    descriptionZh,
    descriptionEn,
    attributes,
    downloadUrl,
    guideZh: asSteps(product.guideZh),
    guideEn: asSteps(product.guideEn),
    variants: product.variants.map((variant) => ({
      nameZh: variant.nameZh,
      nameEn: variant.nameEn,
      priceMinor: variant.priceMinor,
      maxPerOrder: mostPerOrder(variant),
      active: true,
      delivery: variant.delivery,
      tiers: (variant.tiers ?? []).map(([minQuantity, unitPriceMinor]) => ({ minQuantity, unitPriceMinor })),
    })),
  }
  const productId = await saveProduct(tx, merchantId, input, at)
  const variants = await tx.variant.findMany({
    where: { productId },
    orderBy: { position: 'asc' },
    select: { id: true, position: true },
  })
  for (const { id: variantId, position } of variants) {
    const { stock = 0, delivery } = product.variants[position] ?? {}
    const count = stock > 20 ? Math.ceil(stock * stockShare) : stock
    if (count === 0) continue
    const text = codesOf(product.codes, count, diceFor('codes', titleZh, String(position)))
    await importCdks(
      tx,
      vault,
      {
        merchantId,
        variantId,
        uploadedById: ownerId,
        fileName: `stock-${position + 1}.txt`,
        text,
        seats: delivery?.kind === 'SHARED' ? delivery.seats : 1,
      },
      at,
    )
  }
  if (product.status !== 'DRAFT') await publishProduct(tx, merchantId, productId, at)
  if (product.status === 'UNLISTED') await unlistProduct(tx, merchantId, productId, after(at, MINUTE_MS))
}

function asSteps(steps: readonly string[]): string {
  return steps.map((step, at) => `${at + 1}. ${step}`).join('\n')
}

/** Merchants list side by side: newest products of all categories stand on the home page, not of the last one. */
function shuffled<T>(items: readonly T[]): T[] {
  const dice = diceFor('listing order')
  return items
    .map((item) => ({ item, lot: dice.between(0, 1_000_000) }))
    .toSorted((a, b) => a.lot - b.lot)
    .map(({ item }) => item)
}
