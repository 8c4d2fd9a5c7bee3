import { z } from 'zod'
import type { OperatorActionFilter } from '@/lib/queries/admin'
import { dayParam } from '../../_console/params'
import { spanOf } from '../_components/list-query'

/** What operators do by hand that moves money or changes what money does, as recorded. */
export const VERBS = [
  'refund-order',
  'refund-suspense',
  'retry-refund',
  'refund-to-wallet',
  'refund-by-hand',
  'retry-event',
  'reconcile',
  'explain-line',
  'save-evidence',
  'submit-evidence',
  'fund-protection',
  'record-deposit',
  'open-merchant',
  'set-tier',
  'activate-merchant',
  'suspend-merchant',
  'create-coupon',
  'start-coupon',
  'stop-coupon',
  'reassign-case',
  'confirm-limit',
  'lift-limit',
  'open-arbitrator',
  'rest-arbitrator',
  'wake-arbitrator',
  'set-employer',
] as const

export const LogQuery = z.object({ verb: z.enum(VERBS).optional().catch(undefined), from: dayParam, until: dayParam })

export function logFilter({ verb, ...days }: z.infer<typeof LogQuery>): OperatorActionFilter {
  return { verb, ...spanOf(days) }
}
