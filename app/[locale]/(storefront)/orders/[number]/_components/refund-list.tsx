import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderRefund } from '@/lib/queries/order'

/** Money on its way back, and money that has come back; a second payment's included. */
export function RefundList({ refunds, currency }: { refunds: readonly OrderRefund[]; currency: string }) {
  const t = useTranslations('order.refunds')
  const locale = useLocale()
  if (refunds.length === 0) return null
  return (
    <Card title={t('title')} flush>
      <ul className="divide-y divide-line">
        {refunds.map(({ id, use, amountMinor, createdAt, settled, settledAt }) => (
          <li key={id} className="grid gap-1 px-4 py-3 sm:px-5">
            <span className="flex flex-wrap items-center justify-between gap-2">
              <span className="font-medium">{t(use)}</span>
              <Badge tone={settled ? 'jade' : 'amber'}>
                {t(settled ? 'settled' : 'pending', { amount: formatMoney(amountMinor, currency, locale) })}
              </Badge>
            </span>
            <span className="flex flex-wrap gap-x-4 text-sm text-ink-soft">
              <span>
                {t('requested')} <DateTime at={createdAt} style="second" />
              </span>
              {settledAt && (
                <span>
                  {t('done')} <DateTime at={settledAt} style="second" />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
