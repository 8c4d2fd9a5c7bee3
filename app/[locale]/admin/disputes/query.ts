import { z } from 'zod'
import { DisputeState } from '@/lib/infra/prisma/enums'
import type { DisputeFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, wordsParam } from '../../_console/params'
import { spanOf } from '../_components/list-query'

export const DisputesQuery = z.object({
  state: choiceParam(DisputeState),
  provider: wordsParam,
  from: dayParam,
  until: dayParam,
})

export function disputeFilter({ from, until, ...rest }: z.infer<typeof DisputesQuery>): DisputeFilter {
  return { ...rest, ...spanOf({ from, until }) }
}
