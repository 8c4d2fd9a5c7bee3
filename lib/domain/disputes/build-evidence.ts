import { OrderSnapshot } from '@/lib/domain/orders'
import type { DisputeEvidence } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { formatMoney } from '@/lib/kernel/money'
import { clipped } from './evidence'

const MOST_EVENTS = 400

/** Events that show what the buyer was given and looked at, in the words of the access log. */
const ACCESS: Readonly<Record<string, string>> = {
  deliver: 'codes delivered to the order page',
  'deliver-late': 'codes delivered to the order page',
  'deliver-by-hand': 'codes delivered to the order page by the merchant',
  reveal: 'codes viewed by the buyer, who agreed to immediate delivery and to this record',
  confirm: 'order confirmed by the buyer: the codes work',
  'auto-confirm': 'inspection window ended without a complaint',
}

type DisputedPayment = Awaited<ReturnType<typeof readPayment>>
type DisputedOrder = NonNullable<DisputedPayment['checkout']>['orders'][number]

/**
 * Builds the answer to a dispute from what is on record: what was ordered and under which rules (with the hash of the
 * snapshot that was frozen at purchase), when it was delivered and viewed, what went back. English, for the card scheme's
 * reader; holds no code and nothing that opens one.
 */
export async function buildEvidence(tx: Tx, paymentId: string, now: Date): Promise<DisputeEvidence> {
  const payment = await readPayment(tx, paymentId)
  const orders = payment.use === 'APPLIED' ? (payment.checkout?.orders ?? []) : []
  const delivered = orders.flatMap(({ deliveredAt }) => deliveredAt ?? []).toSorted((a, b) => Number(a) - Number(b))
  return {
    productDescription: clipped(orders.map(describe).join('\n') || describePayment(payment)),
    customerEmail: payment.checkout?.email ?? '',
    serviceDate: dayOf(delivered[0] ?? payment.capturedAt),
    accessLog: clipped(orders.flatMap(accessOf).join('\n')),
    statement: clipped(
      [...head(payment), ...orders.flatMap(stateOrder), ...refundsOf(payment), `Compiled ${timeOf(now)}.`].join('\n'),
    ),
  }
}

async function readPayment(tx: Tx, id: string) {
  return tx.payment.findUniqueOrThrow({
    where: { id },
    include: {
      refunds: { orderBy: { id: 'asc' } },
      checkout: {
        select: {
          email: true,
          purpose: true,
          createdAt: true,
          orders: {
            orderBy: { id: 'asc' },
            include: {
              events: { where: { type: { in: Object.keys(ACCESS) } }, orderBy: { id: 'asc' }, take: MOST_EVENTS },
            },
          },
        },
      },
    },
  })
}

function describe(order: DisputedOrder): string {
  const { product, variant, merchant } = OrderSnapshot.parse(order.snapshot)
  const title = `${product.titleEn ?? product.titleZh}, ${variant.nameEn ?? variant.nameZh}`
  const price = `${order.quantity} x ${formatMoney(order.unitPriceMinor, order.currency, 'en')}`
  return `Order ${order.number}: ${title} (${product.category.nameEn}), ${price}, digital codes sold by ${merchant.legalName} (${merchant.legalNumber}).`
}

/** What a payment was that no order took. */
function describePayment({ use, checkout }: DisputedPayment): string {
  if (use === 'UNKNOWN') return 'A payment that belongs to no order of the mall.'
  if (use === 'APPLIED' && checkout?.purpose === 'TOP_UP') return "Balance added to the buyer's own wallet at the mall."
  return 'A payment that no order could take; it goes back to the payer.'
}

function head({ captureRef, amountMinor, currency, capturedAt, checkout }: DisputedPayment): string[] {
  return [
    `Charge ${captureRef}: ${formatMoney(amountMinor, currency, 'en')}, captured ${timeOf(capturedAt)}.`,
    ...(checkout ? [`Placed ${timeOf(checkout.createdAt)} by ${checkout.email}.`] : []),
  ]
}

function stateOrder(order: DisputedOrder): string[] {
  const { rules } = OrderSnapshot.parse(order.snapshot)
  const views = order.events.filter(({ type }) => type === 'reveal').length
  return [
    '',
    `Order ${order.number}: ${order.quantity} codes, ${formatMoney(order.totalMinor, order.currency, 'en')} in all, status ${order.status}.`,
    `Terms accepted at purchase are frozen with the order; SHA-256 of that snapshot: ${order.snapshotHash}.`,
    `The money is held until the buyer confirms or ${rules.inspectionHours} hours of inspection end; complaints are open for ${rules.claimDays} days.`,
    order.deliveredAt ? `Delivered ${timeOf(order.deliveredAt)}.` : 'Not delivered.',
    order.firstRevealedAt
      ? `First viewed ${timeOf(order.firstRevealedAt)}; viewed ${views} times in all.`
      : 'The codes were not viewed.',
    ...(order.refundedMinor > 0
      ? [`Refunded of it so far: ${formatMoney(order.refundedMinor, order.currency, 'en')}.`]
      : []),
  ]
}

function accessOf({ number, events }: DisputedOrder): string[] {
  return events.map(({ type, at, actorKind }) => `${timeOf(at)} ${number} ${actorKind}: ${ACCESS[type] ?? type}`)
}

function refundsOf({ refunds }: DisputedPayment): string[] {
  if (refunds.length === 0) return ['', 'Nothing of this charge was refunded.']
  return [
    '',
    ...refunds.map(({ amountMinor, currency, status, createdAt, providerRef }) => {
      const ref = providerRef === null ? '' : `, reference ${providerRef}`
      return `Refund of ${formatMoney(amountMinor, currency, 'en')} decided ${timeOf(createdAt)}: ${status}${ref}.`
    }),
  ]
}

/** YYYY-MM-DD in UTC. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function timeOf(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
