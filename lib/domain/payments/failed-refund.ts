import { externalRef, postTransfers, providerClearing, refundInTransit, walletOf } from '@/lib/domain/ledger'
import { type Tx, selectRows, sql } from '@/lib/domain/tx'
import { CURRENCIES } from '@/lib/kernel/money'
import { Refusal } from '@/lib/kernel/refusal'
import { z } from 'zod'

/** The channel of money that operators send by bank transfer, outside any provider's books. */
export const BY_HAND = 'bank-transfer'

const Failed = z.object({
  amountMinor: z.number(),
  currency: z.string(),
  provider: z.string(),
  buyerId: z.string().nullable(),
  orderId: z.string().nullable(),
  merchantId: z.string().nullable(),
})

/**
 * An operator has the provider asked once more for a refund that failed for good, under a new key: a provider repeats its
 * no to the old one for a day. Refuses `refund/not-failed`.
 */
export async function retryRefund(tx: Tx, refundId: string, now: Date): Promise<void> {
  const { count } = await tx.refund.updateMany({
    where: { id: refundId, status: 'FAILED' },
    data: { status: 'PENDING', dueAt: now, attempt: { increment: 1 }, attempts: 0 },
  })
  if (count === 0) throw new Refusal('refund/not-failed')
}

/**
 * A refund that failed goes to the buyer's wallet instead: refunds in transit -> wallet. Refuses `refund/not-failed`, and
 * `refund/no-wallet` for a guest and for money that the mall does not trade in.
 */
export async function refundToWallet(tx: Tx, refundId: string, now: Date): Promise<void> {
  const refund = await lockFailed(tx, refundId)
  const { buyerId, orderId, merchantId, amountMinor, currency } = refund
  const traded = CURRENCIES.some((known) => known === currency)
  if (buyerId === null || !traded) throw new Refusal('refund/no-wallet')
  await tx.refund.update({
    where: { id: refundId },
    data: { status: 'SUCCEEDED', method: 'WALLET', walletUserId: buyerId, settledAt: now, lastError: null },
  })
  const from = refundInTransit(refund.provider, currency)
  const to = walletOf(buyerId, currency)
  await postTransfers(
    tx,
    [{ key: `refund:${refundId}:to-wallet`, code: 'refund-to-wallet', from, to, amountMinor, orderId, merchantId }],
    now,
  )
}

/**
 * A refund that failed was sent by bank transfer; `reference` is the bank's number of it. Refunds in transit -> clearing
 * of bank transfers. A number stands for one transfer: of two refunds that name the same, also at once, the second is refused
 * `merchant/deposit-recorded`. Refuses `refund/not-failed`.
 */
export async function settleRefundByHand(tx: Tx, refundId: string, reference: string, now: Date): Promise<void> {
  const { orderId, merchantId, amountMinor, currency, provider } = await lockFailed(tx, refundId)
  const ref = externalRef(BY_HAND, 'refund', reference)
  await tx.$executeRaw(sql`SELECT pg_advisory_xact_lock(hashtextextended(${ref}, 0))`)
  const recorded = await tx.ledgerTransfer.count({ where: { externalRef: ref } })
  if (recorded > 0) throw new Refusal('merchant/deposit-recorded', { reference })
  await tx.refund.update({
    where: { id: refundId },
    data: { status: 'SUCCEEDED', providerRef: `${BY_HAND}:${reference}`, settledAt: now, lastError: null },
  })
  await postTransfers(
    tx,
    [
      {
        key: `refund:${refundId}:by-hand`,
        code: 'refund-by-hand',
        from: refundInTransit(provider, currency),
        to: providerClearing(BY_HAND, currency),
        amountMinor,
        orderId,
        merchantId,
        externalRef: ref,
      },
    ],
    now,
  )
}

async function lockFailed(tx: Tx, refundId: string): Promise<z.infer<typeof Failed>> {
  const [failed] = await selectRows(
    tx,
    Failed,
    sql`
      SELECT r."amountMinor", r.currency, p.provider, c."buyerId", r."orderId", r."merchantId"
      FROM refund r JOIN payment p ON p.id = r."paymentId" LEFT JOIN checkout c ON c.id = p."checkoutId"
      WHERE r.id = ${refundId}::uuid AND r.status = 'FAILED' FOR UPDATE OF r`,
  )
  if (!failed) throw new Refusal('refund/not-failed')
  return failed
}
