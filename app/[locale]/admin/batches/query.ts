import { z } from 'zod'
import { BatchReview } from '@/lib/infra/prisma/enums'
import type { BatchFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, idParam } from '../../_console/params'
import { spanOf, yesParam } from '../_components/list-query'

export const BatchesQuery = z.object({
  review: choiceParam(BatchReview),
  frozen: yesParam,
  waiting: yesParam,
  merchant: idParam,
  category: idParam,
  from: dayParam,
  until: dayParam,
})

export function batchFilter({
  review,
  frozen,
  waiting,
  merchant,
  category,
  ...days
}: z.infer<typeof BatchesQuery>): BatchFilter {
  return {
    review,
    frozen: frozen === 'yes',
    waiting: waiting === 'yes',
    merchantId: merchant,
    categoryId: category,
    ...spanOf(days),
  }
}
