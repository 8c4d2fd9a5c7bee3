import { pumpCallbacks } from '@/lib/bank/pump-callbacks'
import { sweepDisputes } from '@/lib/domain/disputes'
import { sweepEvents } from '@/lib/domain/inbox'
import { duePayouts, matureEarnings, settlePayout } from '@/lib/domain/merchants'
import { type OnSweepError, lookAgain, sweep } from '@/lib/domain/orders'
import { reconcile } from '@/lib/domain/reconciliation'
import type { BankDesk } from '@/lib/seed/bank-desk'
import type { Mall } from '@/lib/seed/mall'

/** Everything that the worker does, once, at the moment of the desk. Returns how much there was to do. */
export async function stepOn(
  { run }: Mall,
  { provider, providers, bank }: BankDesk,
  now: Date,
  onError: OnSweepError = () => undefined,
): Promise<number> {
  const { expired, confirmed, paid, refunded } = await sweep(run, providers, now, onError)
  const { handled } = await sweepEvents(run, providers, now, onError)
  const matured = await matureEarnings(run, now, onError)
  const payouts = await duePayouts(run, now)
  for (const id of payouts) await settlePayout(run, providers, id, now)
  await sweepDisputes(run, providers, now, onError)
  const news = await lookAgain(run, providers, now, onError)
  const told = await pumpCallbacks(bank)
  const { pulled, matched } = await reconcile(run, provider, now, onError)
  const did = [expired, confirmed, paid, refunded, handled, matured, payouts.length, news, told, pulled, matched]
  return did.reduce((sum, count) => sum + count, 0)
}
