import {
  lockBalances,
  maturePosting,
  merchantAvailable,
  merchantPending,
  merchantReceivable,
  postTransfers,
} from '@/lib/domain/ledger'
import { type InTransaction, type Tx, selectRows, sql } from '@/lib/domain/tx'
import { invariant } from '@/lib/kernel/invariant'
import { z } from 'zod'
import { collectReceivable } from './collect-receivable'

/** How many earnings of one merchant mature in one transaction. */
const BATCH = 200

/** Hears of a merchant that could not be handled; its rows stay due. */
export type OnError = (error: unknown, what: string) => void

const Merchant = z.object({ merchantId: z.string(), currency: z.string() })
const Earned = z.object({ orderId: z.string(), pendingMinor: z.number() })

/**
 * Makes available what is due: pending -> available, less what the merchant owes the protection fund. An earning with
 * nothing left in pending just becomes matured; one that a dispute holds waits. Any number of workers may run it: each
 * earning is taken by one, and one transaction marks it and posts it. A merchant that fails does not stop the others.
 * Returns how many matured.
 */
export async function matureEarnings(run: InTransaction, now: Date, onError: OnError): Promise<number> {
  let matured = 0
  for (const merchant of await run((tx) => merchantsDue(tx, now))) {
    try {
      let count: number
      do {
        count = await run((tx) => matureBatch(tx, merchant, now))
        matured += count
      } while (count === BATCH)
    } catch (error) {
      onError(error, `earnings of merchant ${merchant.merchantId}`)
    }
  }
  return matured
}

const due = (now: Date) => sql`"matureAt" <= ${now} AND "maturedAt" IS NULL AND "heldAt" IS NULL`

async function merchantsDue(tx: Tx, now: Date): Promise<z.infer<typeof Merchant>[]> {
  return selectRows(
    tx,
    Merchant,
    sql`SELECT DISTINCT "merchantId", currency FROM earning WHERE ${due(now)} ORDER BY 1, 2`,
  )
}

async function matureBatch(tx: Tx, { merchantId, currency }: z.infer<typeof Merchant>, now: Date): Promise<number> {
  const earnings = await selectRows(
    tx,
    Earned,
    sql`
      SELECT "orderId", "pendingMinor" FROM earning
      WHERE "merchantId" = ${merchantId}::uuid AND currency = ${currency} AND ${due(now)}
      ORDER BY "matureAt", "orderId" LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
  )
  const [first] = earnings
  if (!first) return 0
  // All that is going to change, in one order: what is collected below must not wait for somebody who waits for us.
  await lockBalances(
    tx,
    [merchantPending, merchantAvailable, merchantReceivable].map((kind) => kind(merchantId, currency)),
  )
  const postings = earnings.map(({ orderId, pendingMinor: amountMinor }) =>
    maturePosting({ orderId, merchantId, currency, amountMinor }),
  )
  await postTransfers(tx, postings, now)
  const { count } = await tx.earning.updateMany({
    where: { orderId: { in: earnings.map(({ orderId }) => orderId) }, maturedAt: null },
    data: { maturedAt: now, pendingMinor: 0 },
  })
  invariant(count === earnings.length, `${count} of ${earnings.length} earnings of merchant ${merchantId} matured`)
  await collectReceivable(tx, merchantId, currency, `order:${first.orderId}:mature`, now)
  return count
}
