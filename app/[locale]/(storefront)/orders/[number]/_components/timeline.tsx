import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import type { OrderTimelineEntry } from '@/lib/queries/order'

/** Every recorded event, oldest first, to the second. */
export function Timeline({ entries }: { entries: readonly OrderTimelineEntry[] }) {
  const t = useTranslations('order')
  return (
    <Card title={t('page.timeline')}>
      <ol className="grid gap-3">
        {entries.map(({ id, type, at, actorKind }) => (
          <li key={id} className="grid gap-x-4 sm:grid-cols-[11rem_1fr]">
            <DateTime at={at} style="second" className="text-sm leading-6 text-ink-soft" />
            <span>
              {t(`event.${isKnown(type) ? type : 'other'}`)}
              <span className="text-ink-soft"> · {t(`actor.${actorKind}`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

const KNOWN = [
  'place',
  'deliver',
  'deliver-late',
  'await-delivery',
  'await-delivery-late',
  'deliver-by-hand',
  'decline-delivery',
  'fail-delivery',
  'expire',
  'cancel',
  'undeliverable',
  'confirm',
  'auto-confirm',
  'refund',
  'refund-part',
  'chargeback',
  'chargeback-part',
  'freeze',
  'thaw',
  'reveal',
  'complain',
  'complaint-over',
  'replace',
  'duplicate-payment',
  'late-payment',
  'amount-mismatch',
] as const

function isKnown(type: string): type is (typeof KNOWN)[number] {
  return KNOWN.some((known) => known === type)
}
