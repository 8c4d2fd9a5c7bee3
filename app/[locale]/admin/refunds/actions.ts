'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { recordOperatorAction } from '@/lib/domain/accounts'
import { refundToWallet, retryRefund, settleRefundByHand } from '@/lib/domain/payments'
import type { Tx } from '@/lib/domain/tx'
import { type SignedInContext, operatorAction } from '@/lib/web/action'
import { requiredText } from '../../_console/form-schema'

const RefundInput = z.object({ refundId: z.uuid() })

/** The provider is asked once more for a refund that failed for good. */
export const retryRefundAction = operatorAction(RefundInput, async ({ refundId }, context) => {
  await decide(context, refundId, 'retry-refund', null, (tx) => retryRefund(tx, refundId, context.now))
})

/** The money goes to the buyer's wallet instead. */
export const refundToWalletAction = operatorAction(RefundInput, async ({ refundId }, context) => {
  await decide(context, refundId, 'refund-to-wallet', null, (tx) => refundToWallet(tx, refundId, context.now))
})

const ByHandInput = RefundInput.extend({ reference: requiredText(64, 4) })

/** The money was sent by bank transfer; the bank's number of it stands in the books. */
export const settleRefundByHandAction = operatorAction(ByHandInput, async ({ refundId, reference }, context) => {
  await decide(context, refundId, 'refund-by-hand', reference, (tx) =>
    settleRefundByHand(tx, refundId, reference, context.now),
  )
})

/** The decision and the name under it, in one transaction. */
async function decide(
  { run, now, userId }: SignedInContext,
  subjectId: string,
  verb: string,
  note: string | null,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  await run(async (tx) => {
    await work(tx)
    await recordOperatorAction(tx, { userId, verb, subject: 'refund', subjectId, note }, now)
  })
  revalidatePath('/[locale]/admin', 'layout')
}
