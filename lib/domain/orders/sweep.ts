import { type PaymentProvider, ProviderUnavailable, settleRefund } from '@/lib/domain/payments'
import { type InTransaction, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { SYSTEM } from './actor'
import { autoConfirmOrder } from './confirm-order'
import { expireOrder } from './expire-order'
import { syncCheckout } from './sync-checkout'

/** How many due rows one sweep takes of each kind. */
const BATCH = 100

export interface OrderSweep {
  expired: number
  confirmed: number
  paid: number
}

export interface SweepReport extends OrderSweep {
  refunded: number
}

/** Hears of a row that could not be handled; the row stays due. */
export type OnSweepError = (error: unknown, what: string) => void

/** Everything that is due, orders and refunds, in one go: `sweepOrders`, then the pending refunds one after the other. */
export async function sweep(
  run: InTransaction,
  provider: PaymentProvider,
  now: Date,
  onError: OnSweepError,
): Promise<SweepReport> {
  const orders = await sweepOrders(run, provider, now, onError)
  let refunded = 0
  for (const id of await dueRefunds(run, now)) {
    await attempt(onError, `refund ${id}`, async () => {
      if (await settleRefund(run, provider, id, now)) refunded += 1
    })
  }
  return { ...orders, refunded }
}

/**
 * Takes the orders that are due and runs the verb a person would: expires unpaid ones (after a last look at the
 * provider, which makes a lost callback good), confirms those whose inspection window ran out. Any number of sweepers
 * may run; each row's own guard lets one of them through. One row's failure does not stop the others: it is told to
 * `onError` and stays due.
 */
export async function sweepOrders(
  run: InTransaction,
  provider: PaymentProvider,
  now: Date,
  onError: OnSweepError,
): Promise<OrderSweep> {
  const report: OrderSweep = { expired: 0, confirmed: 0, paid: 0 }
  const look = lastLook(run, provider, now)
  for (const order of await dueOrders(run, now)) {
    await attempt(onError, `order ${order.id}`, async () => {
      if (order.status === 'DELIVERED') {
        await run((tx) => autoConfirmOrder(tx, order.id, SYSTEM, now))
        report.confirmed += 1
      } else if (await look(order.checkoutId)) report.paid += 1
      else {
        await run((tx) => expireOrder(tx, order.id, SYSTEM, now))
        report.expired += 1
      }
    })
  }
  return report
}

async function attempt(onError: OnSweepError, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    // Another sweeper, or the person, was quicker: what was due is done.
    if (error instanceof Refusal && error.code === 'order/not-due') return
    onError(error, what)
  }
}

const DueOrder = z.object({ id: z.string(), checkoutId: z.string(), status: z.enum(['AWAITING_PAYMENT', 'DELIVERED']) })

async function dueOrders(run: InTransaction, now: Date) {
  return run((tx) =>
    selectRows(
      tx,
      DueOrder,
      sql`
        SELECT id, "checkoutId", status::text AS status FROM "order"
        WHERE "dueAt" <= ${now} AND status IN ('AWAITING_PAYMENT', 'DELIVERED')
        ORDER BY "dueAt" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    ),
  )
}

/** Refunds whose turn it is to be sent, oldest first. */
export async function dueRefunds(run: InTransaction, now: Date): Promise<string[]> {
  const rows = await run((tx) =>
    tx.refund.findMany({
      where: { status: 'PENDING', dueAt: { lte: now } },
      orderBy: { dueAt: 'asc' },
      take: BATCH,
      select: { id: true },
    }),
  )
  return rows.map(({ id }) => id)
}

/**
 * A last look before the CDKs go back: whether the checkout was paid meanwhile. When the provider is down the order
 * expires all the same (a payment that turns up later is re-allocated or refunded), and this sweep does not ask again:
 * a provider that hangs must not hold up every clock behind it.
 */
function lastLook(run: InTransaction, provider: PaymentProvider, now: Date): (checkoutId: string) => Promise<boolean> {
  let down = false
  return async (checkoutId) => {
    if (down) return false
    try {
      const { outcomes } = await syncCheckout(run, provider, checkoutId, now)
      return outcomes.includes('delivered')
    } catch (error) {
      if (error instanceof ProviderUnavailable) down = true
      else if (!(error instanceof Refusal)) throw error
      return false
    }
  }
}
