import { Clock, Users, Zap } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { DeliveryShown } from '@/lib/queries/storefront'

const ICONS = { AUTOMATIC: Zap, MANUAL: Clock, SHARED: Users } as const

/** What a kind of delivery promises, in a sentence with its numbers. */
export function DeliveryText({ delivery: { kind, hours, seats } }: { delivery: DeliveryShown }) {
  return <>{useTranslations('delivery.shown')(`line.${kind}`, { hours: hours ?? 0, seats: seats ?? 0 })}</>
}

export function DeliveryIcon({ kind }: Pick<DeliveryShown, 'kind'>) {
  const Icon = ICONS[kind]
  return <Icon aria-hidden />
}
