import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { type Minor, portionOf } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import type { PaidOrder } from './lock-order'

/** What goes back: everything that is left, the price of some CDKs, or an amount (a goodwill). */
export type RefundWanted =
  | { readonly all: true }
  | { readonly cdkIds: readonly string[] }
  | { readonly amountMinor: Minor }
  /** The price of so many pieces that were never delivered; never all that is left. */
  | { readonly undelivered: number }

/** Part of an order that goes back: what the buyer gets, and the CDKs that leave with it. */
export interface RefundedPart {
  readonly amountMinor: Minor
  readonly cdkIds: readonly string[]
  /** Pieces that the order is for less than before: the CDKs, or what was never delivered. */
  readonly units: number
}

/**
 * What a wish for a refund comes to now. The price of CDKs is their share of the total, in whole minor units that add up
 * to it exactly; whatever empties the order takes all CDKs that are left. The caller has locked the order.
 */
export async function partToRefund(tx: Tx, order: PaidOrder, wanted: RefundWanted): Promise<RefundedPart> {
  const leftMinor = order.totalMinor - order.refundedMinor
  if (leftMinor === 0) throw new Refusal('refund/nothing-left')
  const held = await cdksOf(tx, order)
  const whole = { amountMinor: leftMinor, cdkIds: held, units: held.length }
  if ('all' in wanted) return whole
  if ('amountMinor' in wanted) {
    const { amountMinor } = wanted
    if (!Number.isSafeInteger(amountMinor) || amountMinor < 1 || amountMinor > leftMinor) {
      throw new Refusal('refund/too-much', { leftMinor })
    }
    return amountMinor === leftMinor ? whole : { amountMinor, cdkIds: [], units: 0 }
  }
  if ('undelivered' in wanted) {
    const amountMinor = priceOfCdks(order, wanted.undelivered)
    if (amountMinor === leftMinor) throw new Refusal('delivery/nothing-would-be-left')
    return { amountMinor, cdkIds: [], units: wanted.undelivered }
  }
  const cdkIds = [...new Set(wanted.cdkIds)]
  if (cdkIds.length === 0 || cdkIds.some((id) => !held.includes(id))) throw new Refusal('refund/cdk-refunded')
  if (cdkIds.length === held.length) return whole
  const amountMinor = priceOfCdks(order, cdkIds.length)
  return amountMinor === leftMinor ? whole : { amountMinor, cdkIds, units: cdkIds.length }
}

type Shared = Pick<PaidOrder, 'totalMinor' | 'refundedMinor' | 'refundedUnits' | 'quantity'>

/** What `count` more CDKs, not all that are left, are worth in a refund. Pure: a form says it beforehand. */
export function priceOfCdks(order: Shared, count: number): Minor {
  // Of a total that is smaller than the number of CDKs a share may come to nothing; a refund of nothing is none.
  const sharesMinor = Math.max(1, sharesUpTo(order, count) - sharesUpTo(order, 0))
  return Math.min(order.totalMinor - order.refundedMinor, sharesMinor)
}

/** What `more` CDKs and those refunded before come to of the total. */
function sharesUpTo({ totalMinor, refundedUnits, quantity }: Shared, more: number): Minor {
  return portionOf(totalMinor, refundedUnits + more, quantity)
}

async function cdksOf(tx: Tx, { id, merchantId }: PaidOrder): Promise<string[]> {
  const rows = await selectRows(
    tx,
    z.object({ id: z.string() }),
    sql`
      SELECT id FROM cdk WHERE "merchantId" = ${merchantId}::uuid AND "orderId" = ${id}::uuid AND state = 'DELIVERED'
      ORDER BY id FOR UPDATE`,
  )
  return rows.map((row) => row.id)
}
