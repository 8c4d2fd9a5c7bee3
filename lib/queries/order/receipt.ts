import { z } from 'zod'
import { OrderSnapshot } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { said } from '@/lib/queries/storefront/localise'
import { readOrderMoney } from './order-money'
import { type BuyerScope, inScope } from './scope'

/** The zone of the mall's documents. */
const TIME_ZONE = 'Asia/Shanghai'

const Row = z.object({
  id: z.string(),
  checkoutId: z.string(),
  number: z.string(),
  status: z.enum(OrderStatus),
  placedAt: z.date(),
  paidAt: z.date(),
  deliveredAt: z.date().nullable(),
  closedAt: z.date().nullable(),
  email: z.string(),
  totalMinor: z.number(),
  walletMinor: z.number(),
  snapshot: OrderSnapshot,
  snapshotHash: z.string(),
  payment: z.object({ provider: z.string(), reference: z.string() }).nullable(),
})

/**
 * What the receipt of a paid order says, in two statements; null before it is paid, and outside the scope. `provider` of
 * the payment is its name in the code: the edge says it as people know it.
 */
export async function findReceipt(
  db: Tx,
  scope: BuyerScope,
  number: string,
  { locale, now }: { readonly locale: string; readonly now: Date },
) {
  const [row] = await selectRows(
    db,
    Row,
    sql`
      SELECT o.id, o."checkoutId", o.number, o.status::text AS status, o."placedAt", o."paidAt", o."deliveredAt", o."closedAt", c.email,
             o."totalMinor", o."walletMinor", o.snapshot, o."snapshotHash",
             (SELECT jsonb_build_object('provider', p.provider, 'reference', p."captureRef") FROM payment p
              WHERE p.id = c."paidPaymentId" AND o."totalMinor" > o."walletMinor") AS payment
      FROM "order" o JOIN checkout c ON c.id = o."checkoutId"
      WHERE o.number = ${number} AND o."paidAt" IS NOT NULL AND ${inScope(scope)}`,
  )
  if (!row) return null
  const { product, variant, merchant, price, rules } = row.snapshot
  const { id, checkoutId, totalMinor, payment, walletMinor, snapshotHash, email, number: orderNumber, ...moments } = row
  const money = await readOrderMoney(db, { id, checkoutId, totalMinor, currency: price.currency })
  return {
    orderNumber,
    status: moments.status,
    currency: price.currency,
    timeZone: TIME_ZONE,
    issuedAt: now,
    placedAt: moments.placedAt,
    paidAt: moments.paidAt,
    deliveredAt: moments.deliveredAt,
    closedAt: moments.closedAt,
    buyerEmail: email,
    seller: { shopName: merchant.name, legalName: merchant.legalName, creditCode: merchant.legalNumber },
    title: said(locale, product.titleZh, product.titleEn),
    variant: said(locale, variant.nameZh, variant.nameEn),
    attributes: product.attributes,
    quantity: price.quantity,
    unitPriceMinor: price.unitPriceMinor,
    tierFrom: price.tierFrom,
    discountMinor: price.discountMinor,
    coupon: price.couponCode,
    promoMinor: price.promoMinor,
    totalMinor,
    walletMinor,
    payment,
    refunds: money.refunds
      .filter(({ kind }) => kind === 'order' || kind === 'chargeback')
      .map(({ createdAt, settledAt, amountMinor, method, status, reference }) => ({
        at: settledAt ?? createdAt,
        amountMinor,
        method,
        status,
        reference,
      })),
    rules: { inspectionHours: rules.inspectionHours, inspectionHoursAfterReveal: rules.inspectionHoursAfterReveal },
    snapshotHash,
  }
}
