'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { recordOperatorAction } from '@/lib/domain/accounts'
import { type RefundWanted, refundOrder } from '@/lib/domain/orders'
import { operatorAction } from '@/lib/web/action'
import { moneyInput, optionalText, orEmpty, requiredText, wholeInput } from '../../_console/form-schema'

const MOST_CDKS = 200

const RefundForm = z
  .object({
    orderId: z.uuid(),
    what: z.enum(['all', 'amount', 'cdks']),
    amount: orEmpty(moneyInput.refine((minor) => minor > 0, 'money')),
    cdk: z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(MOST_CDKS)]).default([]),
    reason: requiredText(200, 2),
    note: optionalText(500),
    before: wholeInput(0, 2_000_000_000),
  })
  .transform(({ what, amount, cdk, before, ...rest }, ctx) => {
    const wanted: RefundWanted =
      what === 'all' ? { all: true } : what === 'cdks' ? { cdkIds: cdk } : { amountMinor: amount ?? 0 }
    if (what === 'amount' && amount === null) {
      ctx.issues.push({ code: 'custom', message: 'required', path: ['amount'], input: amount })
    }
    return { ...rest, wanted, refundedBeforeMinor: before }
  })

/** An operator gives the buyer money back; reason and note stand in the decision, the name in the log. */
export const refundOrderAction = operatorAction(RefundForm, async (input, { actor, userId, run, now }) => {
  await run(async (tx) => {
    await refundOrder(tx, input, actor, now)
    const action = { verb: 'refund-order', subject: 'order', subjectId: input.orderId, note: input.reason }
    await recordOperatorAction(tx, { userId, ...action }, now)
  })
  revalidatePath('/[locale]/admin', 'layout')
})
