import { z } from 'zod'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import type { OrderFilter } from '@/lib/queries/merchant'
import { choiceParam, dayParam, endOfDay, idParam, pageParam, startOfDay, wordsParam } from '../../_console/params'

/** The filters of the order list as they stand in the address; the CSV takes the same. */
export const OrderQuery = z.object({
  number: wordsParam,
  status: choiceParam(OrderStatus),
  product: idParam,
  frozen: choiceParam({ yes: 'yes' }),
  from: dayParam,
  until: dayParam,
  page: pageParam,
})
export type OrderQuery = z.infer<typeof OrderQuery>

/** Days are days in China, the last one included. */
export function filterOf({ number, status, product, frozen, from, until }: OrderQuery): OrderFilter {
  return {
    number: number?.toUpperCase(),
    status,
    productId: product,
    frozen: frozen === 'yes',
    from: startOfDay(from),
    until: endOfDay(until),
  }
}
