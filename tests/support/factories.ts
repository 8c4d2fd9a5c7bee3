import { randomBytes, randomUUID } from 'node:crypto'
import { type CategoryInput, type Delivery, createCategory, publishProduct, saveProduct } from '@/lib/domain/catalog'
import { createUser } from '@/lib/domain/accounts'
import {
  type PlaceCheckoutInput,
  type PlacedCheckout,
  confirmOrder,
  openTopUp,
  placeCheckout,
  recordPayment,
} from '@/lib/domain/orders'
import type { ProviderCapture } from '@/lib/domain/payments'
import { importCdks } from '@/lib/domain/stock'
import type { Tx } from '@/lib/domain/tx'
import type { Actor } from '@/lib/domain/actor'
import { createCdkVault } from '@/lib/infra/crypto/cdk-vault'
import type { MerchantTier } from '@/lib/infra/prisma/enums'
import { newId } from '@/lib/kernel/ids'
import { db } from './database'

/** The moment at which tests begin. */
export const NOW = new Date('2026-02-03T06:05:00.000Z')

/** A guest, and somebody of a merchant. */
export const BUYER: Actor = { kind: 'BUYER', id: null }
export const MERCHANT: Actor = { kind: 'MERCHANT', id: '019aa000-0000-7000-8000-000000000001' }

export const vault = createCdkVault(randomBytes(32), randomBytes(32))

/** Runs domain verbs the way the edge does. */
export async function run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(work, { timeout: 20_000 })
}

export async function aMerchant(
  changes: { readonly feeBps?: number; readonly tier?: MerchantTier } = {},
): Promise<string> {
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
      tier: changes.tier ?? 'NEW',
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
  readonly priceMinor: number
}

/** Price of a piece when nothing is said, and from ten pieces on. */
const UNIT_PRICE = 1_000
const TEN_PRICE = 900

/** A published product with one variant (10.00 each, 9.00 from 10 on; or `priceMinor` each) and `stock` CDKs. */
export async function aListing(
  changes: {
    readonly stock?: number
    readonly merchantId?: string
    readonly priceMinor?: number
    readonly category?: Partial<CategoryInput>
    readonly downloadUrl?: string
    readonly delivery?: Delivery
  } = {},
): Promise<Listing> {
  const merchantId = changes.merchantId ?? (await aMerchant())
  const priceMinor = changes.priceMinor ?? UNIT_PRICE
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
            priceMinor,
            maxPerOrder: changes.delivery?.kind === 'SHARED' ? 1 : 100,
            active: true,
            delivery: changes.delivery,
            tiers: priceMinor === UNIT_PRICE ? [{ minQuantity: 10, unitPriceMinor: TEN_PRICE }] : [],
          },
        ],
      },
      NOW,
    ),
  )
  await run((tx) => publishProduct(tx, merchantId, productId, NOW))
  const { id: variantId } = await db.variant.findFirstOrThrow({ where: { productId } })
  const listing = { merchantId, productId, variantId, priceMinor }
  const stocked = changes.delivery?.kind !== 'MANUAL' && changes.stock !== 0
  if (stocked) await addStock(listing, changes.stock ?? 5)
  return listing
}

/** `count` fresh random codes. */
export function codes(count: number): string[] {
  return Array.from({ length: count }, () => `KB-${randomBytes(8).toString('hex').toUpperCase()}`)
}

export async function addStock(
  { merchantId, variantId }: Pick<Listing, 'merchantId' | 'variantId'>,
  count: number,
): Promise<string[]> {
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

/** Somebody with an account, as a form sends him: to be spread into `aPurchase`. */
export interface ABuyer {
  readonly buyerId: string
  readonly email: string
  readonly passcodeHash: null
}

export async function aBuyer(): Promise<ABuyer> {
  const email = `${randomUUID()}@buyers.example.com`
  const facts = {
    email,
    passwordHash: 'not a real hash',
    displayName: '小林',
    role: 'BUYER',
    merchantId: null,
  } as const
  return { buyerId: await run((tx) => createUser(tx, facts, NOW)), email, passcodeHash: null }
}

/** A buyer who has topped the wallet up with `amountMinor`, by the sandbox (1.00 at least). */
export async function aBuyerWithWallet(amountMinor: number): Promise<ABuyer> {
  const buyer = await aBuyer()
  await topUp(buyer, amountMinor)
  return buyer
}

/** Puts money into a buyer's wallet the way he would; the checkout's id. */
export async function topUp({ buyerId, email }: ABuyer, amountMinor: number): Promise<string> {
  const checkoutId = await run((tx) => openTopUp(tx, aTopUp({ buyerId, email }, amountMinor), NOW))
  const capture = await aCapture(checkoutId)
  await run((tx) => recordPayment(tx, checkoutId, capture, NOW))
  return checkoutId
}

/** What the wallet page's form sends. */
export function aTopUp({ buyerId, email }: Pick<ABuyer, 'buyerId' | 'email'>, amountMinor: number) {
  const facts = { currency: 'CNY', locale: 'zh-CN', provider: 'sandbox' } as const
  return { idempotencyKey: randomUUID(), userId: buyerId, email, amountMinor, ...facts }
}

type Priced = Pick<Listing, 'variantId'> & Partial<Pick<Listing, 'priceMinor'>>
type Line = readonly [listing: Priced, quantity: number]

/** What a guest's form sends for several listings at the factory's prices, without wallet and coupon, unless changed. */
export function aCart(lines: readonly Line[], changes: Partial<PlaceCheckoutInput> = {}): PlaceCheckoutInput {
  return {
    idempotencyKey: randomUUID(),
    lines: lines.map(([{ variantId }, quantity]) => ({ variantId, quantity })),
    couponCode: null,
    expectedTotalMinor: lines.reduce((sum, line) => sum + priceOf(line), 0),
    walletMinor: 0,
    buyerId: null,
    email: 'guest@example.com',
    passcodeHash: 'not a real hash',
    locale: 'zh-CN',
    provider: 'sandbox',
    ...changes,
  }
}

function priceOf([{ priceMinor = UNIT_PRICE }, quantity]: Line): number {
  return quantity * (priceMinor === UNIT_PRICE && quantity >= 10 ? TEN_PRICE : priceMinor)
}

/** The same for `quantity` pieces of one listing. */
export function aPurchase(
  listing: Priced,
  { quantity = 1, ...changes }: Partial<PlaceCheckoutInput> & { readonly quantity?: number } = {},
): PlaceCheckoutInput {
  return aCart([[listing, quantity]], changes)
}

export interface AnOrder extends Listing, PlacedCheckout {
  readonly orderId: string
  readonly number: string
}

export interface OrderChanges {
  readonly quantity?: number
  readonly listing?: Listing
  readonly now?: Date
  /** Changes of what the form sends: buyer, wallet, coupon, expected total. */
  readonly form?: Partial<PlaceCheckoutInput>
}

export async function aPlacedOrder({
  quantity = 1,
  listing: of,
  now = NOW,
  form = {},
}: OrderChanges = {}): Promise<AnOrder> {
  const listing = of ?? (await aListing())
  const placed = await run((tx) => placeCheckout(tx, aPurchase(listing, { quantity, ...form }), now))
  return { ...listing, ...placed, ...onlyOrderOf(placed) }
}

/** Id and number of a checkout's one order. */
export function onlyOrderOf({ orders }: Pick<PlacedCheckout, 'orders'>): Pick<AnOrder, 'orderId' | 'number'> {
  const [order, ...more] = orders
  if (!order || more.length > 0) throw new Error(`a checkout of ${orders.length} orders`)
  return { orderId: order.id, number: order.number }
}

/** A capture of exactly what the checkout asks a provider for, unless changed. */
export async function aCapture(checkoutId: string, changes: Partial<ProviderCapture> = {}): Promise<ProviderCapture> {
  const { totalMinor, walletMinor, currency } = await db.checkout.findUniqueOrThrow({ where: { id: checkoutId } })
  return { captureRef: randomUUID(), amountMinor: totalMinor - walletMinor, currency, capturedAt: NOW, ...changes }
}

/** Pays a checkout in full, unless the wallet has. */
export async function pay(checkoutId: string, now = NOW): Promise<void> {
  const capture = await aCapture(checkoutId)
  if (capture.amountMinor > 0) await run((tx) => recordPayment(tx, checkoutId, capture, now))
}

/** An order paid and therefore delivered. */
export async function aDeliveredOrder(changes: OrderChanges = {}): Promise<AnOrder> {
  const order = await aPlacedOrder(changes)
  await pay(order.checkoutId, changes.now)
  return order
}

/** An order whose buyer said that it works: its money is the merchant's, pending. */
export async function aConfirmedOrder(changes: OrderChanges = {}): Promise<AnOrder> {
  const order = await aDeliveredOrder(changes)
  const { buyerId } = await db.checkout.findUniqueOrThrow({ where: { id: order.checkoutId } })
  await run((tx) => confirmOrder(tx, order.orderId, { kind: 'BUYER', id: buyerId }, changes.now ?? NOW))
  return order
}

/** A listing that its merchant delivers by hand within `hours`. */
export async function aManualListing(hours = 4, changes: Parameters<typeof aListing>[0] = {}): Promise<Listing> {
  return aListing({ ...changes, delivery: { kind: 'MANUAL', hours } })
}

/** A paid order that waits for its merchant's hand. */
export async function anAwaitedOrder(changes: OrderChanges = {}): Promise<AnOrder> {
  return aDeliveredOrder({ listing: changes.listing ?? (await aManualListing()), ...changes })
}
