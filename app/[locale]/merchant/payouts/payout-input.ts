import { z } from 'zod'
import { PayoutSchedule } from '@/lib/infra/prisma/enums'
import { MAX_ORDER_MINOR } from '@/lib/kernel/money'
import { moneyInput } from '../../_console/form-schema'

/** `everythingMinor` is what the page showed as everything: whoever presses it twice asks for one and the same payout. */
export const PayoutForm = z
  .discriminatedUnion('what', [
    z.object({
      what: z.literal('everything'),
      key: z.uuid(),
      everythingMinor: z.coerce.number().int().min(0).max(MAX_ORDER_MINOR),
    }),
    z.object({ what: z.literal('amount'), key: z.uuid(), amount: moneyInput }),
  ])
  .transform((form) => ({
    idempotencyKey: form.key,
    amountMinor: form.what === 'everything' ? form.everythingMinor : form.amount,
  }))

export const ScheduleForm = z.object({ schedule: z.enum(PayoutSchedule) })
