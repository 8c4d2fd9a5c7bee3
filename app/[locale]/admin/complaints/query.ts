import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { ComplaintOutcome, ComplaintState, LimitState } from '@/lib/infra/prisma/enums'
import type { ComplaintFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, idParam, wordsParam } from '../../_console/params'
import { spanOf } from '../_components/list-query'

export const ComplaintsQuery = z.object({
  q: wordsParam,
  merchant: idParam,
  failure: z.enum(FAILURES).optional().catch(undefined),
  state: choiceParam(ComplaintState),
  outcome: choiceParam(ComplaintOutcome),
  from: dayParam,
  until: dayParam,
})

export function complaintFilter({ merchant, ...rest }: z.infer<typeof ComplaintsQuery>): ComplaintFilter {
  const { from, until, ...words } = rest
  return { ...words, merchantId: merchant, ...spanOf({ from, until }) }
}

export const LimitsQuery = z.object({ state: choiceParam(LimitState) })

export const StatisticsQuery = z.object({ from: dayParam, until: dayParam })
