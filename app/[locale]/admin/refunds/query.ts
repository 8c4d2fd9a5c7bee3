import { z } from 'zod'
import { RefundMethod, RefundStatus } from '@/lib/infra/prisma/enums'
import type { RefundFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, wordsParam } from '../../_console/params'
import { spanOf } from '../_components/list-query'

export const RefundsQuery = z.object({
  status: choiceParam(RefundStatus),
  method: choiceParam(RefundMethod),
  provider: wordsParam,
  from: dayParam,
  until: dayParam,
})

export function refundFilter({ from, until, ...rest }: z.infer<typeof RefundsQuery>): RefundFilter {
  return { ...rest, ...spanOf({ from, until }) }
}
