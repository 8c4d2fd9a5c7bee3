import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import type { OrderEventRow } from '@/lib/queries/order-events'
import { ReasonText } from './reason-text'

/** What happened to an order, oldest first: when, what, by whom. */
export function EventList({ events }: { events: readonly OrderEventRow[] }) {
  const t = useTranslations('console.event')
  const by = useTranslations('console.actor')
  return (
    <ol className="grid gap-3">
      {events.map((event) => (
        <li key={event.id} className="grid gap-x-4 sm:grid-cols-[11rem_1fr]">
          <DateTime at={event.at} style="second" className="text-sm leading-6 text-ink-soft" />
          <span className="min-w-0">
            {t.has(event.type as 'place') ? t(event.type as 'place') : event.type}
            <span className="text-ink-soft">
              {' '}
              · {event.actorName ? `${by(event.actorKind)} ${event.actorName}` : by(event.actorKind)}
            </span>
            {typeof event.data.reason === 'string' && (
              <span className="block text-sm text-ink-soft">
                <ReasonText reason={event.data.reason} />
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  )
}
