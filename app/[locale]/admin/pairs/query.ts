import { z } from 'zod'
import type { PairFilter } from '@/lib/queries/admin'
import { dayParam, idParam } from '../../_console/params'
import { spanOf, yesParam } from '../_components/list-query'

export const PairsQuery = z.object({ open: yesParam, merchant: idParam, from: dayParam, until: dayParam })

export function pairFilter({ open, merchant, ...days }: z.infer<typeof PairsQuery>): PairFilter {
  return { open: open === 'yes', merchantId: merchant, ...spanOf(days) }
}
