import type { OrderStatus } from '@/lib/infra/prisma/enums'

/** Every status of an order, for rows of hand-written statements. */
export const ORDER_STATUSES = [
  'AWAITING_PAYMENT',
  'AWAITING_DELIVERY',
  'DELIVERED',
  'CONFIRMED',
  'EXPIRED',
  'CANCELLED',
  'REFUNDED',
] as const satisfies readonly OrderStatus[]
