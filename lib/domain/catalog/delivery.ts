import { type Tx, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'

/** The longest promise of manual delivery (product.md): more is not allowed. */
export const MOST_DELIVERY_HOURS = 24

/** For how many buyers a shared code may be. */
export const MOST_SEATS = 10_000

export const DELIVERY_KINDS = ['AUTOMATIC', 'MANUAL', 'SHARED'] as const

/** How a variant is delivered, as its merchant promises it. */
export type Delivery =
  | { readonly kind: 'AUTOMATIC' }
  /** By hand, within `hours` of payment. */
  | { readonly kind: 'MANUAL'; readonly hours: number }
  /** Out of stock; one code is for at most `seats` buyers, each with one order of one piece at a time. */
  | { readonly kind: 'SHARED'; readonly seats: number }

export const AUTOMATIC: Delivery = { kind: 'AUTOMATIC' }

interface Named {
  readonly id: string
  readonly merchantId: string
}

/** A delivery as columns of a variant. */
export function deliveryColumns(delivery: Delivery) {
  return {
    delivery: delivery.kind,
    deliveryHours: delivery.kind === 'MANUAL' ? delivery.hours : null,
    sharedSeats: delivery.kind === 'SHARED' ? delivery.seats : null,
  }
}

/** Refuses `catalog/delivery-hours`, `catalog/delivery-seats`, `catalog/shared-one-each`: what the CHECKs on `variant` would fail on. */
export function requireSoundDelivery(delivery: Delivery, maxPerOrder: number): void {
  if (delivery.kind === 'MANUAL' && !isWhole(delivery.hours, 1, MOST_DELIVERY_HOURS)) {
    throw new Refusal('catalog/delivery-hours', { most: MOST_DELIVERY_HOURS })
  }
  if (delivery.kind !== 'SHARED') return
  if (!isWhole(delivery.seats, 2, MOST_SEATS)) throw new Refusal('catalog/delivery-seats', { most: MOST_SEATS })
  if (maxPerOrder !== 1) throw new Refusal('catalog/shared-one-each')
}

/**
 * Changes how a variant is delivered. Hours and seats may change at any time, except that fewer seats than those of codes in stock would
 * break the promise. Another kind wants a variant with nothing under way: its row is taken first. An order that is placed at the
 * same moment keeps what its snapshot says. Refuses `catalog/delivery-orders-open`, `catalog/delivery-stock-left`,
 * `catalog/delivery-seats-in-stock`, `batch/importing`.
 */
export async function changeDelivery(tx: Tx, { id, merchantId }: Named, delivery: Delivery): Promise<void> {
  await tx.$executeRaw(
    sql`SELECT 1 FROM variant WHERE id = ${id}::uuid AND "merchantId" = ${merchantId}::uuid FOR NO KEY UPDATE`,
  )
  const before = await tx.variant.findUniqueOrThrow({ where: { id }, select: { delivery: true, sharedSeats: true } })
  if (before.delivery !== delivery.kind) await requireNothingUnderWay(tx, id)
  else if (delivery.kind === 'SHARED' && delivery.seats < (before.sharedSeats ?? 0)) {
    await requireNoImport(tx, id)
    const most = await mostSeatsInStock(tx, id)
    if (delivery.seats < most) throw new Refusal('catalog/delivery-seats-in-stock', { most })
  }
}

async function requireNothingUnderWay(tx: Tx, variantId: string): Promise<void> {
  const open = await tx.order.count({
    where: { variantId, status: { in: ['AWAITING_PAYMENT', 'AWAITING_DELIVERY'] } },
  })
  if (open > 0) throw new Refusal('catalog/delivery-orders-open', { count: open })
  const held = await tx.cdk.findFirst({
    where: { variantId, state: { in: ['AVAILABLE', 'RESERVED', 'FROZEN'] } },
    select: { id: true },
  })
  if (held) throw new Refusal('catalog/delivery-stock-left')
  await requireNoImport(tx, variantId)
}

/** What is being imported was chosen for the kind of delivery and the seats that the variant has now. */
async function requireNoImport(tx: Tx, variantId: string): Promise<void> {
  const reading = await tx.stockImport.count({ where: { variantId, state: { in: ['QUEUED', 'RUNNING'] } } })
  if (reading > 0) throw new Refusal('batch/importing')
}

async function mostSeatsInStock(tx: Tx, variantId: string): Promise<number> {
  const { _max } = await tx.stockBatch.aggregate({ where: { variantId, retiredAt: null }, _max: { seats: true } })
  return _max.seats ?? 0
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= least && value <= most
}
