import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import type { CaseView } from '@/lib/queries/case'
import type { OrderEventRow } from '@/lib/queries/order-events'

interface Step {
  readonly key: string
  readonly at: Date
  readonly text: ReactNode
  readonly by: string
  /** Of the case, not of the order. */
  readonly entry?: number
}

/** Everything in one line of time: order, payment, delivery, first look, complaint, and what followed. */
export function CasePath({ view, events }: { view: CaseView; events: readonly OrderEventRow[] }) {
  const t = useTranslations('arbitration.path')
  const e = useTranslations('console.event')
  const k = useTranslations('case')
  const a = useTranslations('console.actor')
  const steps: Step[] = [
    ...events.map(({ id, at, type, actorKind }) => ({
      key: id,
      at,
      text: e.has(type as 'place') ? e(type as 'place') : type,
      by: a(actorKind),
    })),
    ...view.entries.map(({ seq, at, type, by }) => ({
      key: String(seq),
      at,
      text: k(`entry.${type}`),
      by: k(`side.${by}`),
      entry: seq,
    })),
  ].toSorted((one, other) => one.at.getTime() - other.at.getTime())
  return (
    <Card title={t('title')}>
      <ol className="grid gap-2.5 border-s-2 border-line ps-4" data-case-path>
        {steps.map(({ key, at, text, by, entry }) => (
          <li key={key} className="grid">
            <DateTime at={at} style="second" className="text-sm text-ink-soft" />
            <span>
              {entry === undefined ? (
                text
              ) : (
                <a href={`#entry-${entry}`} className="font-medium underline underline-offset-4">
                  {text}
                </a>
              )}{' '}
              <span className="text-sm text-ink-soft">· {by}</span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}
