import { randomBytes, randomUUID } from 'node:crypto'
import { type CategoryInput, createCategory, publishProduct, saveProduct } from '@/lib/domain/catalog'
import { type PlaceOrderInput, type PlacedOrder, placeOrder, recordPayment } from '@/lib/domain/orders'
import type { ProviderCapture } from '@/lib/domain/payments'
import { importCdks } from '@/lib/domain/stock'
import type { Tx } from '@/lib/domain/tx'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import { newId } from '@/lib/kernel/ids'
import { db } from './database'

/** The moment at which tests begin. */
export const NOW = new Date('2026-02-03T06:05:00.000Z')

export const vault = createCdkVault(randomBytes(32), randomBytes(32))

/** Runs domain verbs the way the edge does. */
export async function run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(work, { timeout: 20_000 })
}

export async function aMerchant(changes: { readonly feeBps?: number } = {}): Promise<string> {
  const id = newId()
  await db.merchant.create({
    data: {
      id,
      slug: `m-${id}`,
      name: '清风数码',
      legalName: '杭州清风数码科技有限公司',
      legalNumber: '91330106MA2KQ4XJ0T',
      contactEmail: 'hello@qingfeng.example.com',
      status: 'ACTIVE',
      feeBps: changes.feeBps ?? 300,
      createdAt: NOW,
    },
  })
  return id
}

export async function aCategory(changes: Partial<CategoryInput> = {}): Promise<string> {
  const input: CategoryInput = {
    slug: `c-${randomUUID()}`,
    nameZh: '游戏点卡',
    nameEn: 'Game cards',
    glyph: 'gamepad',
    attributeTemplate: [
      { key: 'region', required: true },
      { key: 'platform', required: false },
    ],
    needsDownloadAddress: false,
    rules: {},
    position: 1,
    ...changes,
  }
  return run((tx) => createCategory(tx, input, NOW))
}

export interface Listing {
  readonly merchantId: string
  readonly productId: string
  readonly variantId: string
}

/** A published product with one variant (10.00 each, 9.00 from 10 on) and `stock` CDKs. */
export async function aListing(
  changes: {
    readonly stock?: number
    readonly merchantId?: string
    readonly category?: Partial<CategoryInput>
    readonly downloadUrl?: string
  } = {},
): Promise<Listing> {
  const merchantId = changes.merchantId ?? (await aMerchant())
  const categoryId = await aCategory(changes.category)
  const productId = await run((tx) =>
    saveProduct(
      tx,
      merchantId,
      {
        categoryId,
        titleZh: '星海点卡 100 点',
        titleEn: 'Starsea 100 points',
        descriptionZh: '官方渠道，自动交付。',
        descriptionEn: 'Official channel, delivered automatically.',
        attributes: { region: '中国大陆', platform: 'PC' },
        downloadUrl: changes.downloadUrl ?? null,
        guideZh: '登录后在「兑换」页输入卡密。',
        guideEn: 'Sign in and enter the code under Redeem.',
        variants: [
          {
            nameZh: '100 点',
            nameEn: '100 points',
            priceMinor: 1_000,
            maxPerOrder: 100,
            active: true,
            tiers: [{ minQuantity: 10, unitPriceMinor: 900 }],
          },
        ],
      },
      NOW,
    ),
  )
  await run((tx) => publishProduct(tx, merchantId, productId, NOW))
  const { id: variantId } = await db.variant.findFirstOrThrow({ where: { productId } })
  const listing = { merchantId, productId, variantId }
  if (changes.stock !== 0) await addStock(listing, changes.stock ?? 5)
  return listing
}

/** `count` fresh random codes. */
export function codes(count: number): string[] {
  return Array.from({ length: count }, () => `KB-${randomBytes(8).toString('hex').toUpperCase()}`)
}

export async function addStock({ merchantId, variantId }: Listing, count: number): Promise<string[]> {
  const fresh = codes(count)
  await run((tx) =>
    importCdks(
      tx,
      vault,
      { merchantId, variantId, uploadedById: newId(), fileName: null, text: fresh.join('\n') },
      NOW,
    ),
  )
  return fresh
}

/** What a guest's form sends for `quantity` pieces at the factory's price. */
export function aPurchase(
  { variantId }: Pick<Listing, 'variantId'>,
  changes: Partial<PlaceOrderInput> = {},
): PlaceOrderInput {
  const quantity = changes.quantity ?? 1
  return {
    idempotencyKey: randomUUID(),
    variantId,
    quantity,
    expectedTotalMinor: quantity * (quantity >= 10 ? 900 : 1_000),
    buyerId: null,
    email: 'guest@example.com',
    passcodeHash: 'not a real hash',
    locale: 'zh-CN',
    provider: 'sandbox',
    ...changes,
  }
}

export type AnOrder = Listing & PlacedOrder

export async function aPlacedOrder(
  changes: { readonly quantity?: number; readonly listing?: Listing; readonly now?: Date } = {},
): Promise<AnOrder> {
  const listing = changes.listing ?? (await aListing())
  const placed = await run((tx) =>
    placeOrder(tx, aPurchase(listing, { quantity: changes.quantity ?? 1 }), changes.now ?? NOW),
  )
  return { ...listing, ...placed }
}

/** A capture of exactly what the checkout asks for, unless changed. */
export async function aCapture(checkoutId: string, changes: Partial<ProviderCapture> = {}): Promise<ProviderCapture> {
  const { totalMinor, currency } = await db.checkout.findUniqueOrThrow({ where: { id: checkoutId } })
  return { captureRef: randomUUID(), amountMinor: totalMinor, currency, capturedAt: NOW, ...changes }
}

/** An order paid and therefore delivered. */
export async function aDeliveredOrder(changes: Parameters<typeof aPlacedOrder>[0] = {}): Promise<AnOrder> {
  const order = await aPlacedOrder(changes)
  const capture = await aCapture(order.checkoutId)
  await run((tx) => recordPayment(tx, order.checkoutId, capture, changes.now ?? NOW))
  return order
}
