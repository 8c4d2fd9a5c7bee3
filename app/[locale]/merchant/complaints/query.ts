import { z } from 'zod'
import { FAILURES } from '@/lib/domain/complaints'
import { ComplaintState } from '@/lib/infra/prisma/enums'
import { COMPLAINT_VIEWS, type ComplaintFilter } from '@/lib/queries/merchant'
import { choiceParam, pageParam, wordsParam } from '../../_console/params'

export const COMPLAINTS = '/merchant/complaints'

/** The filters of the queue as they stand in the address; the CSV takes the same. */
export const ComplaintQuery = z.object({
  view: choiceParam(COMPLAINT_VIEWS),
  state: choiceParam(ComplaintState),
  failure: z.enum(FAILURES).optional().catch(undefined),
  number: wordsParam,
  page: pageParam,
})
export type ComplaintQuery = z.infer<typeof ComplaintQuery>

export function filterOf({ view, state, failure, number }: ComplaintQuery): ComplaintFilter {
  return { view, state, failure, number: number?.toUpperCase() }
}
