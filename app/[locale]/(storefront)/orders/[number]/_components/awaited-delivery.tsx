import { useLocale, useTranslations } from 'next-intl'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { TextLink } from '@/components/text-link'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'

/** Paid, and the merchant's turn: until when, what happens then without anybody asking, and what the buyer can do. */
export function AwaitedDelivery({ order }: { order: OrderPage }) {
  const t = useTranslations('delivery.order')
  const c = useTranslations('complain.order')
  const locale = useLocale()
  const { dueAt, snapshot, totalMinor, refundedMinor, currency } = order
  if (dueAt === null) return null
  return (
    <Card title={t('title')}>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <span className="text-ink-soft">{t('left')}</span>
        <Countdown to={dueAt} className="text-xl font-semibold whitespace-nowrap text-amber tabular-nums" />
        <span className="text-sm text-ink-soft">
          {t('deliverBy')} <DateTime at={dueAt} />
        </span>
      </p>
      <div className="grid max-w-prose gap-2 text-ink-soft">
        <p>{t('body', { hours: snapshot.delivery.hours ?? 0 })}</p>
        <p>{t('after', { amount: formatMoney(totalMinor - refundedMinor, currency, locale) })}</p>
        <p>{t('noCancel')}</p>
        <p>
          <TextLink href={`/orders/${order.number}/complaints/new`}>{c('undelivered')}</TextLink>
        </p>
      </div>
    </Card>
  )
}
