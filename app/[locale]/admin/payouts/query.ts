import { z } from 'zod'
import { PayoutStatus } from '@/lib/infra/prisma/enums'
import type { PayoutFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, idParam, wordsParam } from '../../_console/params'
import { spanOf, yesParam } from '../_components/list-query'

export const PayoutsQuery = z.object({
  status: choiceParam(PayoutStatus),
  provider: wordsParam,
  merchant: idParam,
  open: yesParam,
  from: dayParam,
  until: dayParam,
})

export function payoutFilter({
  status,
  provider,
  merchant,
  open,
  ...days
}: z.infer<typeof PayoutsQuery>): PayoutFilter {
  return { status, provider, merchantId: merchant, open: open === 'yes', ...spanOf(days) }
}
