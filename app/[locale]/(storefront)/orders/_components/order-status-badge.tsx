import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type { OrderStatus } from '@/lib/infra/prisma/enums'

const TONES: Record<OrderStatus, Tone> = {
  AWAITING_PAYMENT: 'amber',
  AWAITING_DELIVERY: 'amber',
  DELIVERED: 'info',
  CONFIRMED: 'jade',
  EXPIRED: 'neutral',
  CANCELLED: 'neutral',
  REFUNDED: 'neutral',
}

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const t = useTranslations('order.status')
  return <Badge tone={TONES[status]}>{t(status)}</Badge>
}
