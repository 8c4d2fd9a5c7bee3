import { lockBalances, merchantAvailable } from '@/lib/domain/ledger'
import type { PaymentProvider } from '@/lib/domain/payments'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { z } from 'zod'
import type { OnError } from './mature-earnings'
import { nextPayoutTime } from './payout-times'
import { MAX_PAYOUT_MINOR, MIN_PAYOUT_MINOR, requestPayout } from './request-payout'

const Due = z.object({
  status: z.enum(['PENDING', 'ACTIVE', 'SUSPENDED']),
  payoutSchedule: z.enum(['MANUAL', 'DAILY', 'WEEKLY', 'MONTHLY']),
})

/**
 * Begins the payouts that merchants' schedules ask for: all that is available, when it is enough, the merchant is active
 * and its account ready. Either way the schedule moves on to its next time after `now`, so times that were slept through
 * are made up for once. Any number of workers may run it: a merchant's row lets one through. Returns how many began.
 */
export async function schedulePayouts(
  run: InTransaction,
  provider: Pick<PaymentProvider, 'name'>,
  now: Date,
  onError: OnError,
): Promise<number> {
  const due = { where: { nextPayoutAt: { lte: now } }, orderBy: { nextPayoutAt: 'asc' }, select: { id: true } } as const
  let begun = 0
  for (const { id } of await run((tx) => tx.merchant.findMany(due))) {
    try {
      begun += await run((tx) => payOut(tx, id, provider.name, now))
    } catch (error) {
      onError(error, `scheduled payout of merchant ${id}`)
    }
  }
  return begun
}

async function payOut(tx: Tx, merchantId: string, provider: string, now: Date): Promise<number> {
  const [merchant] = await selectRows(
    tx,
    Due,
    sql`
      SELECT status::text AS status, "payoutSchedule"::text AS "payoutSchedule" FROM merchant
      WHERE id = ${merchantId}::uuid AND "nextPayoutAt" <= ${now} FOR NO KEY UPDATE SKIP LOCKED`,
  )
  if (!merchant) return 0
  const nextPayoutAt = nextPayoutTime(merchant.payoutSchedule, now)
  await tx.merchant.update({ where: { id: merchantId }, data: { nextPayoutAt } })
  const ready = await tx.payoutAccount.count({ where: { merchantId, provider, ready: true } })
  if (merchant.status !== 'ACTIVE' || ready === 0) return 0
  let begun = 0
  for (const currency of CURRENCIES) {
    const available = merchantAvailable(merchantId, currency)
    const held = (await lockBalances(tx, [available]))(available)
    const amountMinor = Math.min(held, MAX_PAYOUT_MINOR)
    if (amountMinor < MIN_PAYOUT_MINOR) continue
    await requestPayout(tx, { merchantId, amountMinor, currency, provider, requestedById: null }, now)
    begun += 1
  }
  return begun
}
