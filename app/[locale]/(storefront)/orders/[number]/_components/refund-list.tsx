import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge, type Tone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderRefund } from '@/lib/queries/order'

const TONES: Record<OrderRefund['status'], Tone> = {
  PENDING: 'amber',
  SENT: 'amber',
  SUCCEEDED: 'jade',
  FAILED: 'danger',
}

/** Money on its way back, and money that has come back: how much, which way, how far, and by what reference. */
export function RefundList({ refunds }: { refunds: readonly OrderRefund[] }) {
  const t = useTranslations('order.refunds')
  const locale = useLocale()
  if (refunds.length === 0) return null
  return (
    <Card title={t('title')} flush>
      <ul className="divide-y divide-line">
        {refunds.map(({ id, kind, units, method, status, amountMinor, currency, reference, createdAt, settledAt }) => (
          <li key={id} className="grid gap-1 px-4 py-3 sm:px-5">
            <span className="flex flex-wrap items-center justify-between gap-2">
              <span className="font-medium">
                {t(kind)}
                {units > 0 && <span className="font-normal text-ink-soft"> · {t('units', { count: units })}</span>}
              </span>
              <span className="flex items-center gap-3">
                <span className="font-semibold tabular-nums">{formatMoney(amountMinor, currency, locale)}</span>
                <Badge tone={TONES[status]}>{t(`status.${status}`)}</Badge>
              </span>
            </span>
            <span className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
              <span>{t(`method.${method}`)}</span>
              <span>
                {t('requested')} <DateTime at={createdAt} style="second" />
              </span>
              {settledAt && (
                <span>
                  {t('done')} <DateTime at={settledAt} style="second" />
                </span>
              )}
              {reference !== null && (
                <span>
                  {t('reference')} <code className="font-mono break-all">{reference}</code>
                </span>
              )}
            </span>
            {status === 'FAILED' && <span className="text-sm">{t('failedBody')}</span>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
