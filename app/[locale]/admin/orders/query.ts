import { z } from 'zod'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import type { AdminOrderFilter } from '@/lib/queries/admin'
import { choiceParam, dayParam, idParam, wordsParam } from '../../_console/params'
import { spanOf, yesParam } from '../_components/list-query'

export const OrdersQuery = z.object({
  q: wordsParam,
  status: choiceParam(OrderStatus),
  merchant: idParam,
  from: dayParam,
  until: dayParam,
  overdue: yesParam,
  frozen: yesParam,
})

export function orderFilter(
  { q, status, merchant, overdue, frozen, ...days }: z.infer<typeof OrdersQuery>,
  now: Date,
): AdminOrderFilter {
  return {
    q,
    status,
    merchantId: merchant,
    overdueAt: overdue && now,
    frozen: frozen === 'yes',
    ...spanOf(days),
  }
}
