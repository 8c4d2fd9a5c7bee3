import { z } from 'zod'
import { feeLeft, netLeft, promoBack } from '@/lib/domain/ledger'
import { type RefundWanted, priceOfCdks } from '@/lib/domain/orders'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import type { Minor } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { minorColumn } from '@/lib/queries/columns'
import { MERCHANT_CURRENCY, accountsOf, held } from './balance'
import type { MerchantOrder } from './order'
import { moneyOf } from './order-breakdown'

const Bearers = z.object({
  /** What this order's own earning, and the others that no dispute holds, still have in pending. */
  ownMinor: minorColumn,
  othersMinor: minorColumn,
  availableMinor: minorColumn,
  depositMinor: minorColumn,
})
export type Bearers = z.infer<typeof Bearers>

/** What the merchant could bear a refund of this order with, after its release; one statement. */
export async function findBearers(db: Tx, merchantId: string, orderId: string): Promise<Bearers> {
  const { available, deposit } = accountsOf(merchantId)
  const [bearers] = await selectRows(
    db,
    Bearers,
    sql`
      SELECT COALESCE(sum("pendingMinor") FILTER (WHERE "orderId" = ${orderId}::uuid), 0)::bigint AS "ownMinor",
             COALESCE(sum("pendingMinor") FILTER (WHERE "orderId" <> ${orderId}::uuid AND "heldAt" IS NULL), 0)::bigint AS "othersMinor",
             ${held(available)} AS "availableMinor", ${held(deposit)} AS "depositMinor"
      FROM earning WHERE "merchantId" = ${merchantId}::uuid AND currency = ${MERCHANT_CURRENCY} AND "maturedAt" IS NULL`,
  )
  return bearers ?? { ownMinor: 0, othersMinor: 0, availableMinor: 0, depositMinor: 0 }
}

/** What a form may ask for: pieces that were never delivered leave with the delivery. */
type Chosen = Exclude<RefundWanted, { readonly undelivered: number }>

/** What a refund would do, as `refundOrder` does it. */
export interface RefundPreview {
  /** What the buyer gets. */
  readonly amountMinor: Minor
  /** CDKs that leave the buyer; those that nobody looked at return to stock. */
  readonly units: number
  readonly unseen: number
  /** What the order earns the merchant less than before, and the platform keeps less of it. */
  readonly lessMinor: Minor
  readonly feeMinor: Minor
  /** Part of its coupon that the platform gets back. */
  readonly promoMinor: Minor
  readonly fromEscrowMinor: Minor
  readonly fromPendingMinor: Minor
  readonly fromAvailableMinor: Minor
  readonly fromDepositMinor: Minor
  /** Paid by the protection fund; the merchant owes it afterwards. */
  readonly fromFundMinor: Minor
}

/**
 * What a refund of this order would come to now, and who would bear it. Decides nothing: `refundOrder` counts again with
 * everything locked. Refuses what that refuses.
 */
export function previewRefund(order: MerchantOrder, bearers: Bearers, wanted: Chosen): RefundPreview {
  if (order.status !== 'DELIVERED' && order.status !== 'CONFIRMED') throw new Refusal('order/not-refundable')
  if (order.frozenAt) throw new Refusal('order/frozen')
  const money = moneyOf(order)
  const { amountMinor, cdkIds } = partOf(order, wanted)
  const [before, then] = [order.refundedMinor, order.refundedMinor + amountMinor]
  const promoMinor = promoBack(money, then) - promoBack(money, before)
  const lessMinor = netLeft(money, before) - netLeft(money, then)
  const released = order.status === 'CONFIRMED'
  const gone = order.cdks.filter(({ id }) => cdkIds.includes(id))
  return {
    amountMinor,
    units: gone.length,
    unseen: gone.filter(({ revealedAt }) => revealedAt === null).length,
    lessMinor,
    feeMinor: feeLeft(money, before) - feeLeft(money, then),
    promoMinor,
    fromEscrowMinor: released ? 0 : amountMinor + promoMinor,
    ...borneBy(bearers, released ? lessMinor : 0),
  }
}

/** The CDKs of an order that can still be refunded. */
export function refundableCdks({ cdks }: MerchantOrder): string[] {
  return cdks.filter(({ state, refunded }) => state === 'DELIVERED' && !refunded).map(({ id }) => id)
}

function partOf(order: MerchantOrder, wanted: Chosen): { amountMinor: Minor; cdkIds: readonly string[] } {
  const leftMinor = order.totalMinor - order.refundedMinor
  if (leftMinor === 0) throw new Refusal('refund/nothing-left')
  const whole = { amountMinor: leftMinor, cdkIds: refundableCdks(order) }
  if ('all' in wanted) return whole
  if ('amountMinor' in wanted) {
    const { amountMinor } = wanted
    if (amountMinor < 1 || amountMinor > leftMinor) throw new Refusal('refund/too-much', { leftMinor })
    return amountMinor === leftMinor ? whole : { amountMinor, cdkIds: [] }
  }
  const { cdkIds } = wanted
  if (cdkIds.length === 0 || cdkIds.some((id) => !whole.cdkIds.includes(id))) throw new Refusal('refund/cdk-refunded')
  if (cdkIds.length === whole.cdkIds.length) return whole
  const amountMinor = priceOfCdks(order, cdkIds.length)
  return amountMinor === leftMinor ? whole : { amountMinor, cdkIds }
}

/** Own earning, available, other earnings, deposit, protection fund: in this order, as far as each goes. */
function borneBy({ ownMinor, availableMinor, othersMinor, depositMinor }: Bearers, needMinor: Minor) {
  let left = needMinor
  const take = (most: Minor) => {
    const taken = Math.min(most, left)
    left -= taken
    return taken
  }
  const own = take(ownMinor)
  const fromAvailableMinor = take(availableMinor)
  const fromPendingMinor = own + take(othersMinor)
  return { fromPendingMinor, fromAvailableMinor, fromDepositMinor: take(depositMinor), fromFundMinor: left }
}
