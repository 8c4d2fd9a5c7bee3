import { z } from 'zod'
import { type Sql, sql } from '@/lib/domain/tx'
import { DeliveryKind } from '@/lib/infra/prisma/enums'

/** How something on sale is delivered, as its buyers are told beforehand. */
export const DeliveryShown = z.object({
  kind: z.enum(DeliveryKind),
  /** By hand: within so many hours of payment. */
  hours: z.int().nullable(),
  /** Shared: for how many buyers each code is at most. */
  seats: z.int().nullable(),
})
export type DeliveryShown = z.infer<typeof DeliveryShown>

/** The same of a variant `v`, as JSON. */
export const deliveryOf: Sql = sql`jsonb_build_object('kind', v.delivery, 'hours', v."deliveryHours", 'seats', v."sharedSeats")`
