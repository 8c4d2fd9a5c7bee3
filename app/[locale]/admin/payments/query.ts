import { z } from 'zod'
import { PaymentUse } from '@/lib/infra/prisma/enums'
import type { PaymentFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, wordsParam } from '../../_console/params'
import { spanOf, yesParam } from '../_components/list-query'

export const PaymentsQuery = z.object({
  q: wordsParam,
  use: choiceParam(PaymentUse),
  provider: wordsParam,
  waiting: yesParam,
  from: dayParam,
  until: dayParam,
})

export function paymentFilter({ q, use, provider, waiting, ...days }: z.infer<typeof PaymentsQuery>): PaymentFilter {
  return { q, use, provider, waiting: waiting === 'yes', ...spanOf(days) }
}
