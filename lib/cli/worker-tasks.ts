import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Bank } from '@/lib/bank/bank'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { dueRefunds, lookAgain, sweepOrders } from '@/lib/domain/orders'
import { type PaymentProvider, settleRefund } from '@/lib/domain/payments'
import type { InTransaction } from '@/lib/domain/tx'
import { type Job, defineJob } from '@/lib/infra/jobs'
import { z } from 'zod'

/** Something the worker repeats: it takes what is due and returns what it did, for the log. */
export type Loop = { name: string; everyMs: number; run: (now: Date) => Promise<Record<string, number>> }

const SETTLE_REFUND = 'settle-refund'
const Refund = z.object({ refundId: z.uuid() })

/** What the worker works with. */
export interface Tools {
  readonly run: InTransaction
  readonly provider: PaymentProvider
  readonly bank: Bank
  readonly log: Logger
}

/**
 * The jobs of the worker. Refunds wait on the provider, which may be slow: they run beside each other and never hold up
 * the clocks of orders. A refund's row says when it is due again, so the queue itself does not retry.
 */
export function workerJobs({ run, provider }: Tools): readonly Job[] {
  const settle = async ({ refundId }: z.infer<typeof Refund>, now: Date) => {
    await settleRefund(run, provider, refundId, now)
  }
  return [defineJob(SETTLE_REFUND, Refund, settle, { retryLimit: 0, onePerKey: true })]
}

/** The loops of the worker: each asks the rows what is due. Any number of workers may run them. */
export function workerLoops({ run, provider, bank, log }: Tools, boss: PgBoss): readonly Loop[] {
  const onError = (error: unknown, what: string) => log.error({ err: error, what }, 'stays due')
  return [
    { name: 'orders', everyMs: 2_000, run: async (now) => ({ ...(await sweepOrders(run, provider, now, onError)) }) },
    { name: 'refunds', everyMs: 2_000, run: async (now) => ({ enqueued: await enqueueRefunds(run, boss, now) }) },
    {
      name: 'late-payments',
      everyMs: 10_000,
      run: async (now) => ({ news: await lookAgain(run, provider, now, onError) }),
    },
    // The bank is another company; it has no worker of its own only because it lives on this server.
    { name: 'bank-callbacks', everyMs: 1_000, run: async () => ({ sent: await pumpCallbacks(bank) }) },
  ]
}

/** Returns how many were not in the queue already. */
async function enqueueRefunds(run: InTransaction, boss: PgBoss, now: Date): Promise<number> {
  let enqueued = 0
  for (const refundId of await dueRefunds(run, now)) {
    if (await boss.send(SETTLE_REFUND, { refundId }, { singletonKey: refundId })) enqueued += 1
  }
  return enqueued
}
