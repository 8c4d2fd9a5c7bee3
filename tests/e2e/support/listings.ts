import { randomBytes } from 'node:crypto'
import { type Delivery, createCategory, publishProduct, saveProduct } from '@/lib/domain/catalog'
import { openMerchant, setMerchantStatus } from '@/lib/domain/merchants'
import { importCdks } from '@/lib/domain/stock'
import { hashPassword } from '@/lib/infra/crypto/password'
import { db, inTransaction } from '@/lib/infra/db'
import { cdkVault } from '@/lib/infra/vault'
import { forgetAttempts } from './attempts'

/** Password of every merchant owner made here. */
export const OWNER_PASSWORD = 'owner-password-1'

const SECOND = { nameZh: '三台设备', nameEn: 'Three devices', priceMinor: 2_000 }

export interface Listing {
  readonly merchantId: string
  readonly ownerEmail: string
  readonly variantId: string
  /** The variant of three devices; '' where there is none. */
  readonly secondId: string
  readonly slug: string
  readonly titleEn: string
  readonly codes: readonly string[]
}

interface Wanted {
  readonly stock: number
  /** CDKs of a second variant (20.00 each); without it there is none. */
  readonly second?: number
  /** Of the first variant; shared codes are `stock`, each with its seats. */
  readonly delivery?: Delivery
}

/** A merchant of its own with one published product (12.50 each, fee 4 %) and `stock` CDKs, through the domain's verbs. */
export async function aListing({ stock, second, delivery }: Wanted): Promise<Listing> {
  await forgetAttempts()
  const tag = randomBytes(5).toString('hex')
  const now = new Date()
  const ownerEmail = `${tag}@merchant.example.com`
  const [codes, secondCodes] = [newCodes(stock), newCodes(second ?? 0)]
  const passwordHash = await hashPassword(OWNER_PASSWORD)
  return inTransaction(
    db(),
    async (tx) => {
      const identity = {
        slug: tag,
        name: `测试商家 ${tag}`,
        legalName: '杭州测试数码有限公司',
        legalNumber: '91330106MA2KQ4XJ0T',
        contactEmail: ownerEmail,
      }
      const owner = { email: ownerEmail, passwordHash, displayName: '店主' }
      const { merchantId, ownerId } = await openMerchant(tx, { ...identity, feeBps: 400, owner }, now)
      await setMerchantStatus(tx, merchantId, 'ACTIVE')
      const category = {
        slug: tag,
        nameZh: '测试分类',
        nameEn: 'Test category',
        glyph: 'app',
        needsDownloadAddress: true,
        rules: {},
        position: 99,
      }
      const categoryId = await createCategory(
        tx,
        { ...category, attributeTemplate: [{ key: 'region', required: true }] },
        now,
      )
      const titleEn = `Photo editor ${tag}`
      const texts = {
        titleZh: `修图软件 ${tag}`,
        titleEn,
        descriptionZh: '永久授权。',
        descriptionEn: 'Lifetime licence.',
      }
      const guides = { guideZh: '安装后输入授权码。', guideEn: 'Install it and enter the licence code.' }
      const variant = {
        nameZh: '一台设备',
        nameEn: 'One device',
        priceMinor: 1_250,
        maxPerOrder: delivery?.kind === 'SHARED' ? 1 : 5,
        active: true,
        delivery,
        tiers: [],
      }
      const product = {
        categoryId,
        ...texts,
        ...guides,
        attributes: { region: '全球' },
        downloadUrl: 'https://dl.example.com/photo',
        variants: [variant, ...(second === undefined ? [] : [{ ...variant, ...SECOND }])],
      }
      const productId = await saveProduct(tx, merchantId, product, now)
      await publishProduct(tx, merchantId, productId, now)
      const { slug, variants } = await tx.product.findUniqueOrThrow({
        where: { id: productId },
        select: { slug: true, variants: { select: { id: true }, orderBy: { priceMinor: 'asc' } } },
      })
      const seats = delivery?.kind === 'SHARED' ? delivery.seats : 1
      const [variantId = '', secondId = ''] = variants.map(({ id }) => id)
      for (const [id, own] of [
        [variantId, codes],
        [secondId, secondCodes],
      ] as const) {
        const batch = { merchantId, variantId: id, uploadedById: ownerId, fileName: null, text: own.join('\n'), seats }
        if (own.length > 0) await importCdks(tx, cdkVault(), batch, now)
      }
      return { merchantId, ownerEmail, variantId, secondId, slug, titleEn, codes }
    },
    30_000,
  )
}

function newCodes(count: number): string[] {
  return Array.from({ length: count }, () => `E2E${randomBytes(6).toString('hex').toUpperCase()}`)
}

/** Makes an order's clock run out: what the sweeper sees when the time has come. */
export async function makeDue(number: string): Promise<void> {
  await db().order.update({ where: { number }, data: { dueAt: new Date(Date.now() - 1_000) } })
}

/** What the mall's books say of an order found by its number. */
export async function orderByNumber(number: string) {
  return db().order.findUniqueOrThrow({
    where: { number },
    include: { refunds: true, checkout: { include: { payments: true } }, cdks: true },
  })
}
