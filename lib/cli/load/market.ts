import { randomBytes } from 'node:crypto'
import { createCategory, publishProduct, saveProduct } from '@/lib/domain/catalog'
import { openMerchant, setMerchantStatus } from '@/lib/domain/merchants'
import { type CdkVault, importCdks } from '@/lib/domain/stock'
import { type Db, inTransaction } from '@/lib/infra/db'

const PRICE_MINOR = 1_000

/** A variant on sale, made for load: one price, no tiers. */
export interface Stall {
  readonly merchantId: string
  readonly variantId: string
  readonly priceMinor: number
}

/** Opens `merchants` merchants with one variant each and `stock` CDKs in it, through the verbs that people use. */
export async function openMarket(
  db: Db,
  vault: CdkVault,
  size: { readonly merchants: number; readonly stock: number },
  now: Date,
): Promise<Stall[]> {
  const slug = `load-${randomBytes(4).toString('hex')}`
  const categoryId = await inTransaction(db, (tx) =>
    createCategory(
      tx,
      {
        slug,
        nameZh: '压测',
        nameEn: 'Load',
        glyph: 'gamepad',
        attributeTemplate: [],
        needsDownloadAddress: false,
        rules: {},
        position: 99,
      },
      now,
    ),
  )
  const stalls: Stall[] = []
  for (let index = 0; index < size.merchants; index++)
    stalls.push(await openStall(db, vault, categoryId, `${slug}-${index}`, size.stock, now))
  return stalls
}

async function openStall(
  db: Db,
  vault: CdkVault,
  categoryId: string,
  slug: string,
  stock: number,
  now: Date,
): Promise<Stall> {
  const owner = { email: `${slug}@example.com`, passwordHash: 'nobody signs in here', displayName: slug }
  const identity = {
    slug,
    name: slug,
    legalName: slug,
    legalNumber: '91330106MA2KQ4XJ0T',
    contactEmail: owner.email,
    feeBps: 300,
  }
  const variant = { nameZh: slug, nameEn: null, priceMinor: PRICE_MINOR, maxPerOrder: 10, active: true, tiers: [] }
  return inTransaction(
    db,
    async (tx) => {
      const { merchantId, ownerId } = await openMerchant(tx, { ...identity, owner }, now)
      await setMerchantStatus(tx, merchantId, 'ACTIVE')
      const texts = {
        titleZh: slug,
        titleEn: null,
        descriptionZh: slug,
        descriptionEn: null,
        guideZh: slug,
        guideEn: null,
      }
      const productId = await saveProduct(
        tx,
        merchantId,
        { categoryId, ...texts, attributes: {}, downloadUrl: null, variants: [variant] },
        now,
      )
      await publishProduct(tx, merchantId, productId, now)
      const { id: variantId } = await tx.variant.findFirstOrThrow({ where: { productId }, select: { id: true } })
      const text = Array.from({ length: stock }, () => randomBytes(10).toString('hex')).join('\n')
      await importCdks(tx, vault, { merchantId, variantId, uploadedById: ownerId, fileName: null, text }, now)
      return { merchantId, variantId, priceMinor: PRICE_MINOR }
    },
    120_000,
  )
}
