import { type ProviderNamed, ProviderUnavailable, settleRefund } from '@/lib/domain/payments'
import { type InTransaction, empty, selectRows, sql } from '@/lib/domain/tx'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'
import { SYSTEM } from '@/lib/domain/actor'
import { autoConfirmOrder } from './confirm-order'
import { failDelivery } from './fail-delivery'
import { expireCheckout } from './give-up'
import { syncCheckout } from './sync-checkout'

/** How many due rows are read at a time. */
const BATCH = 100

export interface OrderSweep {
  expired: number
  confirmed: number
  /** Not delivered by hand in time, refunded. */
  failed: number
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
  providers: ProviderNamed,
  now: Date,
  onError: OnSweepError,
): Promise<SweepReport> {
  const orders = await sweepOrders(run, providers, now, onError)
  let refunded = 0
  for (const id of await dueRefunds(run, now)) {
    await attempt(onError, `refund ${id}`, async () => {
      if (await settleRefund(run, providers, id, now)) refunded += 1
    })
  }
  return { ...orders, refunded }
}

/**
 * Takes the orders that are due and runs the verb a person would: expires unpaid ones (after a last look at the
 * provider, which makes a lost callback good), refunds those that were not delivered by hand in time, confirms those whose inspection
 * window ran out. Any number of sweepers
 * may run; each row's own guard lets one of them through. One row's failure does not stop the others: it is told to
 * `onError`, stays due, and the sweep goes on behind it, however many such rows there are.
 */
export async function sweepOrders(
  run: InTransaction,
  providers: ProviderNamed,
  now: Date,
  onError: OnSweepError,
): Promise<OrderSweep> {
  const report: OrderSweep = { expired: 0, confirmed: 0, failed: 0, paid: 0 }
  const look = lastLook(run, providers, now)
  for await (const order of dueOrders(run, now)) {
    await attempt(onError, `order ${order.id}`, async () => {
      if (order.status === 'DELIVERED') {
        await run((tx) => autoConfirmOrder(tx, order.id, SYSTEM, now))
        report.confirmed += 1
      } else if (order.status === 'AWAITING_DELIVERY') {
        await run((tx) => failDelivery(tx, order.id, now))
        report.failed += 1
      } else if (await look(order.checkoutId)) report.paid += 1
      else {
        await run((tx) => expireCheckout(tx, order.checkoutId, SYSTEM, now))
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

const DueOrder = z.object({
  id: z.string(),
  checkoutId: z.string(),
  status: z.enum(['AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED']),
  dueAt: z.date(),
})
type DueOrder = z.infer<typeof DueOrder>

/** All orders that are due, the longest due first; each batch begins behind the last, not at what stayed due. */
async function* dueOrders(run: InTransaction, now: Date): AsyncGenerator<DueOrder> {
  let batch: DueOrder[]
  let last: DueOrder | undefined
  do {
    const behind = last ? sql`AND ("dueAt", id) > (${last.dueAt}, ${last.id}::uuid)` : empty
    batch = await run((tx) =>
      selectRows(
        tx,
        DueOrder,
        sql`
          SELECT id, "checkoutId", status::text AS status, "dueAt" FROM "order"
          WHERE "dueAt" <= ${now} AND status IN ('AWAITING_PAYMENT', 'AWAITING_DELIVERY', 'DELIVERED') ${behind}
          ORDER BY "dueAt", id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      ),
    )
    yield* batch
    last = batch.at(-1)
  } while (batch.length === BATCH)
}

/** Refunds whose turn it is to be sent or looked up, oldest first. */
export async function dueRefunds(run: InTransaction, now: Date): Promise<string[]> {
  const rows = await run((tx) =>
    tx.refund.findMany({
      where: { status: { in: ['PENDING', 'SENT'] }, dueAt: { lte: now } },
      orderBy: { dueAt: 'asc' },
      take: BATCH,
      select: { id: true },
    }),
  )
  return rows.map(({ id }) => id)
}

/**
 * A last look before the CDKs go back: whether the checkout was paid meanwhile. When the provider is down the order
 * expires all the same (a payment that turns up later is re-allocated or refunded), and the next BATCH orders do not ask:
 * a provider that hangs must not hold up every clock behind it, nor one that coughs once cost a long queue its look.
 */
function lastLook(run: InTransaction, providers: ProviderNamed, now: Date): (checkoutId: string) => Promise<boolean> {
  let unasked = 0
  return async (checkoutId) => {
    if (unasked > 0) {
      unasked -= 1
      return false
    }
    try {
      const { outcomes } = await syncCheckout(run, providers, checkoutId, now)
      return outcomes.includes('delivered')
    } catch (error) {
      if (error instanceof ProviderUnavailable) unasked = BATCH - 1
      else if (!(error instanceof Refusal)) throw error
      return false
    }
  }
}
