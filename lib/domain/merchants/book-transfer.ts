import {
  lockBalances,
  merchantAvailable,
  merchantReceivable,
  payoutDeclinedPosting,
  payoutReturnedPosting,
  payoutSentPosting,
  postTransfers,
} from '@/lib/domain/ledger'
import type { ProviderTransfer } from '@/lib/domain/payments'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { HOUR_MS, after } from '@/lib/kernel/time'
import { z } from 'zod'
import { collectReceivable } from './collect-receivable'

const LOOK_AGAIN_MS = HOUR_MS

const Booked = z.object({
  id: z.string(),
  merchantId: z.string(),
  provider: z.string(),
  amountMinor: z.number(),
  currency: z.string(),
  status: z.enum(['PENDING', 'SENT', 'PAID', 'FAILED']),
  transferRef: z.string().nullable(),
})
type Booked = z.infer<typeof Booked>

/** What a provider says of a transfer. Null ref: it will not make one. `left`: a failed one whose money went out first. */
export type TransferNews = Omit<ProviderTransfer, 'transferRef'> & {
  readonly transferRef: string | null
  readonly left: boolean
}

/**
 * Books what a provider says of a payout's transfer, whatever was booked before: the row is locked first and FAILED is
 * final, so each step is posted once, however often and in whichever order the answers come. A failed transfer's money is
 * available again, less what the merchant owes the protection fund. Returns whether the payout is at its end.
 */
export async function bookTransfer(tx: Tx, payoutId: string, news: TransferNews, now: Date): Promise<boolean> {
  const [payout] = await selectRows(
    tx,
    Booked,
    sql`
      SELECT id, "merchantId", provider, "amountMinor", currency, status::text AS status, "transferRef"
      FROM payout WHERE id = ${payoutId}::uuid FOR UPDATE`,
  )
  if (!payout) return false
  if (payout.status === 'FAILED') return true
  const transferRef = payout.transferRef ?? news.transferRef
  if (news.status === 'failed' || transferRef === null) {
    await giveBack(tx, payout, { ...news, transferRef }, now)
    return true
  }
  if (payout.status === 'PENDING') await postTransfers(tx, [payoutSentPosting(payout, transferRef)], now)
  // An answer from before it was paid says nothing new.
  if (payout.status === 'PAID') return true
  const paid = news.status === 'succeeded'
  await tx.payout.update({
    where: { id: payoutId },
    data: {
      status: paid ? 'PAID' : 'SENT',
      transferRef,
      settledAt: paid ? now : null,
      dueAt: paid ? null : after(now, LOOK_AGAIN_MS),
      lastError: null,
    },
  })
  return paid
}

async function giveBack(tx: Tx, payout: Booked, { transferRef, failure, left }: TransferNews, now: Date) {
  const { id, merchantId, currency } = payout
  await lockBalances(tx, [merchantAvailable(merchantId, currency), merchantReceivable(merchantId, currency)])
  const sent = payout.status !== 'PENDING'
  if (transferRef !== null && (sent || left)) {
    // One posting each, as the provider's list has one line each.
    if (!sent) await postTransfers(tx, [payoutSentPosting(payout, transferRef)], now)
    await postTransfers(tx, [payoutReturnedPosting(payout, transferRef)], now)
  } else await postTransfers(tx, [payoutDeclinedPosting(payout)], now)
  const lastError = (failure ?? 'failed').slice(0, 200)
  await tx.payout.update({
    where: { id },
    data: { status: 'FAILED', transferRef, settledAt: now, dueAt: null, lastError },
  })
  await collectReceivable(tx, merchantId, currency, `payout:${id}`, now)
}
