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

export interface SweepReport {
  expired: number
  confirmed: number
  refunded: number
  paid: number
}

/**
 * Takes everything that is due and runs the verb a person would: expires unpaid orders (after a last look at the
 * provider, which makes a lost callback good), confirms orders whose inspection window ran out, sends pending refunds.
 * Any number of sweepers may run; each row's own guard lets one of them through. One row's failure does not stop the
 * others: it is told to `onError` and stays due.
 */
export async function sweep(
  run: InTransaction,
  provider: PaymentProvider,
  now: Date,
  onError: (error: unknown, what: string) => void,
): Promise<SweepReport> {
  const report: SweepReport = { expired: 0, confirmed: 0, refunded: 0, paid: 0 }
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      // Another sweeper, or the person, was quicker: what was due is done.
      if (error instanceof Refusal && error.code === 'order/not-due') return
      onError(error, what)
    }
  }
  for (const order of await dueOrders(run, now)) {
    await attempt(`order ${order.id}`, async () => {
      if (order.status === 'DELIVERED') {
        await run((tx) => autoConfirmOrder(tx, order.id, SYSTEM, now))
        report.confirmed += 1
        return
      }
      if (await paidMeanwhile(run, provider, order.checkoutId, now)) report.paid += 1
      else {
        await run((tx) => expireOrder(tx, order.id, SYSTEM, now))
        report.expired += 1
      }
    })
  }
  for (const id of await dueRefunds(run, now)) {
    await attempt(`refund ${id}`, async () => {
      if (await settleRefund(run, provider, id, now)) report.refunded += 1
    })
  }
  return report
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

async function dueRefunds(run: InTransaction, now: Date): Promise<string[]> {
  const rows = await run((tx) =>
    tx.refund.findMany({ where: { status: 'PENDING', dueAt: { lte: now } }, orderBy: { dueAt: 'asc' }, take: BATCH, select: { id: true } }),
  )
  return rows.map(({ id }) => id)
}

/** A last look before the CDKs go back. When the provider is down the order expires all the same: a payment that turns
 * up later is re-allocated or refunded. */
async function paidMeanwhile(run: InTransaction, provider: PaymentProvider, checkoutId: string, now: Date): Promise<boolean> {
  try {
    const { outcomes } = await syncCheckout(run, provider, checkoutId, now)
    return outcomes.includes('delivered')
  } catch (error) {
    if (error instanceof ProviderUnavailable || error instanceof Refusal) return false
    throw error
  }
}
