import { z } from 'zod'
import type { RefundInput } from '@/lib/domain/orders'
import { MAX_ORDER_MINOR } from '@/lib/kernel/money'
import { moneyInput, optionalText, requiredText } from '../../_console/form-schema'

const MOST_CDKS = 200

const cdkIds = z.union([z.uuid().transform((id) => [id]), z.array(z.uuid()).max(MOST_CDKS)]).default([])

/** What to give back, as it stands in the address of the order while it is looked at. */
export const RefundChoice = z.discriminatedUnion('what', [
  z.object({ what: z.literal('all') }).transform(() => ({ all: true }) as const),
  z.object({ what: z.literal('cdks'), cdk: cdkIds }).transform(({ cdk }) => ({ cdkIds: cdk })),
  z.object({ what: z.literal('amount'), amount: moneyInput }).transform(({ amount }) => ({ amountMinor: amount })),
])

const Decision = z.object({
  orderId: z.uuid(),
  reason: requiredText(200, 2),
  note: optionalText(500),
  before: z.coerce.number().int().min(0).max(MAX_ORDER_MINOR),
})

/** The decision: what was looked at, why, and what had gone back by then. */
export const RefundForm = z
  .intersection(RefundChoice, Decision)
  .transform(({ orderId, reason, note, before, ...wanted }): RefundInput => ({
    orderId,
    wanted,
    reason,
    note,
    refundedBeforeMinor: before,
  }))
