import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import type { AdminHealth } from '@/lib/queries/admin'
import { TextLink } from '../../_console/text-link'

interface Queue {
  readonly name:
    | 'disputes'
    | 'refundsFailed'
    | 'paymentsWaiting'
    | 'eventsDead'
    | 'differences'
    | 'payoutsFailed'
    | 'pairsOpen'
    | 'batchesWaiting'
    | 'refundsPending'
    | 'overdue'
    | 'unhandled'
    | 'rejectedToday'
    | 'merchantsPending'
    | 'complaintsOverdue'
    | 'limitsProposed'
  readonly count: number
  readonly href: string
  /** Waits for a person, not for the worker: money is at stake until somebody decides. */
  readonly decide?: boolean
  readonly oldestAt?: Date | null
  readonly more?: ReactNode
}

interface Props {
  health: AdminHealth
  differences: { readonly count: number; readonly oldestAt: Date | null }
}

/** What waits, what a person has to decide first; each leads to its queue. */
export function QueueList({ health, differences }: Props) {
  const t = useTranslations('admin.start')
  return (
    <ul className="border-t border-line">
      {queuesOf(health, differences, t('refundsFailing', { count: health.refundsFailing })).map((queue) => (
        <QueueLine key={queue.name} queue={queue} />
      ))}
    </ul>
  )
}

function queuesOf(health: AdminHealth, differences: Props['differences'], failing: ReactNode): readonly Queue[] {
  const { nextEvidenceDueAt } = health
  const merchantsPending = health.merchants.find(({ status }) => status === 'PENDING')?.count ?? 0
  return [
    {
      name: 'disputes',
      count: health.disputesOpen,
      href: '/admin/disputes?state=NEEDS_RESPONSE',
      decide: true,
      more: nextEvidenceDueAt && <Countdown to={nextEvidenceDueAt} />,
    },
    {
      name: 'refundsFailed',
      count: health.refundsFailed,
      href: '/admin/refunds?status=FAILED',
      decide: true,
      oldestAt: health.oldestFailedRefundAt,
    },
    {
      name: 'paymentsWaiting',
      count: health.paymentsWaiting,
      href: '/admin/payments?waiting=yes',
      decide: true,
      oldestAt: health.oldestWaitingAt,
    },
    {
      name: 'complaintsOverdue',
      count: health.complaintsOverdue,
      href: '/admin/complaints/overdue',
      decide: true,
    },
    {
      name: 'limitsProposed',
      count: health.limitsProposed,
      href: '/admin/complaints/limits?state=PROPOSED',
      decide: true,
    },
    { name: 'eventsDead', count: health.eventsDead, href: '/admin/events?verdict=DEAD', decide: true },
    { name: 'differences', href: '/admin/reconciliation', decide: true, ...differences },
    { name: 'payoutsFailed', count: health.payoutsFailed, href: '/admin/payouts?open=yes', decide: true },
    {
      name: 'pairsOpen',
      count: health.pairsOpen,
      href: '/admin/pairs?open=yes',
      decide: true,
      oldestAt: health.oldestPairAt,
    },
    { name: 'batchesWaiting', count: health.batchesWaiting, href: '/admin/batches?waiting=yes', decide: true },
    {
      name: 'refundsPending',
      count: health.refundsPending,
      href: '/admin/refunds?status=PENDING',
      oldestAt: health.oldestRefundAt,
      more: health.refundsFailing > 0 && <span className="block text-sm text-danger">{failing}</span>,
    },
    { name: 'overdue', count: health.overdue, href: '/admin/orders?overdue=yes', oldestAt: health.oldestDueAt },
    { name: 'unhandled', count: health.unhandled, href: '/admin/events?verdict=RECEIVED' },
    { name: 'rejectedToday', count: health.rejectedToday, href: '/admin/events?verdict=REJECTED' },
    { name: 'merchantsPending', count: merchantsPending, href: '/admin/merchants?status=PENDING' },
  ]
}

function QueueLine({ queue: { name, count, href, decide = false, oldestAt, more } }: { queue: Queue }) {
  const t = useTranslations('admin.start')
  const Icon = count === 0 ? CircleCheck : decide ? CircleX : CircleAlert
  const tint = count === 0 ? 'text-jade' : decide ? 'text-danger' : 'text-amber'
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0 sm:px-5">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${tint}`} />
      <span className="min-w-0 grow">
        {t(name, { count })}
        {count > 0 && oldestAt && (
          <span className="text-ink-soft">
            {' '}
            · {t('since')} <DateTime at={oldestAt} relative />
          </span>
        )}
        {count > 0 && more && <> {more}</>}
      </span>
      <TextLink href={href} className="shrink-0 text-jade underline-offset-4 hover:underline">
        {t('look')}
      </TextLink>
    </li>
  )
}
