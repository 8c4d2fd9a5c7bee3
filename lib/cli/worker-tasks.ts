import type { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Bank } from '@/lib/bank/bank'
import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { assignWaiting } from '@/lib/domain/arbitration'
import { sweepBatches } from '@/lib/domain/batches'
import { proposeLimits } from '@/lib/domain/buyer-limits'
import { dropOldCarts } from '@/lib/domain/cart'
import { remindComplaints, sweepComplaints } from '@/lib/domain/complaints'
import { sweepDisputes } from '@/lib/domain/disputes'
import { type EvidenceTools, sweepEvidence, sweepLostParts } from '@/lib/domain/evidence'
import { sweepEvents } from '@/lib/domain/inbox'
import { duePayouts, matureEarnings, schedulePayouts, settlePayout } from '@/lib/domain/merchants'
import { type Mailer, sweepNotifications } from '@/lib/domain/notifications'
import { type OnSweepError, dueRefunds, lookAgain, remindDeliveries, sweepOrders } from '@/lib/domain/orders'
import { type PaymentProvider, type ProviderNamed, settleRefund } from '@/lib/domain/payments'
import { reconcile } from '@/lib/domain/reconciliation'
import { type AskWitness, type LogKeys, type Witness, cosignNewest, sealAll } from '@/lib/domain/sealing'
import { alertExpiring, alertLowStock } from '@/lib/domain/stock'
import type { InTransaction } from '@/lib/domain/tx'
import { type Job, defineJob } from '@/lib/infra/jobs'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/kernel/time'
import { z } from 'zod'

/** Something the worker repeats: it takes what is due and returns what it did, for the log. */
export type Loop = { name: string; everyMs: number; run: (now: Date) => Promise<Record<string, number>> }

const SETTLE_REFUND = 'settle-refund'
const Refund = z.object({ refundId: z.uuid() })
const SETTLE_PAYOUT = 'settle-payout'
const Payout = z.object({ payoutId: z.uuid() })

/** What the worker works with. */
export interface Tools {
  readonly run: InTransaction
  /** Who scheduled payouts go out by. */
  readonly provider: PaymentProvider
  /** Every configured provider, that one included. */
  readonly providers: readonly PaymentProvider[]
  readonly bank: Bank
  /** The provenance log's own keys, and who else signs for it. */
  readonly provenance: {
    readonly keys: LogKeys
    readonly witnesses: readonly Witness[]
    readonly ask: AskWitness
  }
  /** Where the files of cases lie, and who looks through them. */
  readonly evidence: EvidenceTools
  /** Null where no e-mail is sent. */
  readonly mailer: Mailer | null
  readonly log: Logger
}

/**
 * The jobs of the worker. Refunds and payouts wait on a provider, which may be slow: they run beside each other and never
 * hold up the clocks of orders. A row says when it is due again, so the queue itself does not retry.
 */
export function workerJobs({ run, providers }: Tools): readonly Job[] {
  const named = byName(providers)
  const once = { retryLimit: 0, onePerKey: true }
  const refund = async ({ refundId }: z.infer<typeof Refund>, now: Date) => {
    await settleRefund(run, named, refundId, now)
  }
  const payout = async ({ payoutId }: z.infer<typeof Payout>, now: Date) => {
    await settlePayout(run, named, payoutId, now)
  }
  return [defineJob(SETTLE_REFUND, Refund, refund, once), defineJob(SETTLE_PAYOUT, Payout, payout, once)]
}

/**
 * The loops of the worker: each asks the rows what is due, and turns by itself, so that one that fails or waits never holds
 * up another. Any number of workers may run them.
 */
export function workerLoops(tools: Tools, boss: PgBoss): readonly Loop[] {
  const { run, provider, providers, bank, provenance, evidence, mailer, log } = tools
  const named = byName(providers)
  const onError: OnSweepError = (error, what) => log.error({ err: error, what }, 'stays due')
  const loop = (name: string, everyMs: number, turn: Loop['run']): Loop => ({ name, everyMs, run: turn })
  return [
    loop('orders', 2 * SECOND_MS, async (now) => ({ ...(await sweepOrders(run, named, now, onError)) })),
    loop('delivery-reminders', MINUTE_MS, async (now) => ({ told: await remindDeliveries(run, now) })),
    loop('refunds', 2 * SECOND_MS, async (now) => ({ enqueued: await enqueueRefunds(run, boss, now) })),
    loop('events', 2 * SECOND_MS, async (now) => ({ ...(await sweepEvents(run, named, now, onError)) })),
    loop('late-payments', 10 * SECOND_MS, async (now) => ({ news: await lookAgain(run, named, now, onError) })),
    loop('maturity', 30 * SECOND_MS, async (now) => ({ matured: await matureEarnings(run, now, onError) })),
    loop('payouts', 5 * SECOND_MS, async (now) => ({
      scheduled: await schedulePayouts(run, provider, now, onError),
      enqueued: await enqueuePayouts(run, boss, now),
    })),
    loop('disputes', 10 * SECOND_MS, async (now) => ({ ...(await sweepDisputes(run, named, now, onError)) })),
    loop('complaints', 2 * SECOND_MS, async (now) => ({ ...(await sweepComplaints(run, now, onError)) })),
    loop('complaint-reminders', MINUTE_MS, async (now) => ({ told: await remindComplaints(run, now) })),
    loop('arbitration', 5 * SECOND_MS, async (now) => ({ assigned: await assignWaiting(run, now, onError) })),
    loop('evidence', MINUTE_MS, async (now) => ({ ...(await sweepEvidence(evidence, now, onError)) })),
    loop('evidence-parts', HOUR_MS, async (now) => ({ lost: await sweepLostParts(evidence, now) })),
    loop('batches', 2 * SECOND_MS, async (now) => ({ ...(await sweepBatches(run, now, onError)) })),
    loop('reconciliation', MINUTE_MS, async (now) => reconcileAll(run, providers, now, onError)),
    loop('seal', 2 * SECOND_MS, async (now) => ({ sealed: await sealAll(run, provenance.keys, now) })),
    loop('witness', 30 * SECOND_MS, async (now) => ({
      cosigned: await cosignNewest(run, provenance.ask, provenance.witnesses, now, onError),
    })),
    loop('stock-alerts', 5 * MINUTE_MS, async (now) => ({
      low: await alertLowStock(run, now),
      expiring: await alertExpiring(run, now),
    })),
    ...(mailer
      ? [
          loop('notifications', 2 * SECOND_MS, async (now) => ({
            ...(await sweepNotifications(run, mailer, now, onError)),
          })),
        ]
      : []),
    loop('buyer-limits', HOUR_MS, async (now) => ({ proposed: await proposeLimits(run, now) })),
    loop('carts', HOUR_MS, async (now) => ({ dropped: await run((tx) => dropOldCarts(tx, now)) })),
    // The bank is another company; it has no worker of its own only because it lives on this server.
    loop('bank-callbacks', SECOND_MS, async () => ({ sent: await pumpCallbacks(bank) })),
  ]
}

function byName(providers: readonly PaymentProvider[]): ProviderNamed {
  return (name) => providers.find((provider) => provider.name === name) ?? null
}

/** Returns how many were not in the queue already. */
async function enqueueRefunds(run: InTransaction, boss: PgBoss, now: Date): Promise<number> {
  let enqueued = 0
  for (const refundId of await dueRefunds(run, now)) {
    if (await boss.send(SETTLE_REFUND, { refundId }, { singletonKey: refundId })) enqueued += 1
  }
  return enqueued
}

async function enqueuePayouts(run: InTransaction, boss: PgBoss, now: Date): Promise<number> {
  let enqueued = 0
  for (const payoutId of await duePayouts(run, now)) {
    if (await boss.send(SETTLE_PAYOUT, { payoutId }, { singletonKey: payoutId })) enqueued += 1
  }
  return enqueued
}

/** One provider's books after the other's; `reconcile` tells its own failures and goes on. */
async function reconcileAll(
  run: InTransaction,
  providers: readonly PaymentProvider[],
  now: Date,
  onError: OnSweepError,
): Promise<Record<string, number>> {
  const sum = { pulled: 0, matched: 0 }
  for (const provider of providers) {
    const { pulled, matched } = await reconcile(run, provider, now, onError)
    sum.pulled += pulled
    sum.matched += matched
  }
  return sum
}
