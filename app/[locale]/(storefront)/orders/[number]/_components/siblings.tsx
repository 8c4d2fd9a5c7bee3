import { useLocale, useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { Card } from '@/components/ui/card'
import { Link } from '@/i18n/navigation'
import type { OrderPage } from '@/lib/queries/order'
import { OrderStatusBadge } from '../../_components/order-status-badge'
import { said } from '../../_components/said'

/** The other orders of the same payment, one tap away each. */
export function Siblings({ order: { siblings, currency } }: { order: OrderPage }) {
  const t = useTranslations('order.page')
  const locale = useLocale()
  if (siblings.length === 0) return null
  return (
    <Card title={t('siblings')} flush>
      <p className="px-4 pb-3 text-sm text-ink-soft sm:px-5">{t('siblingsHint')}</p>
      <ul className="divide-y divide-line border-t border-line">
        {siblings.map(({ number, titleZh, titleEn, quantity, merchantName, status, totalMinor }) => (
          <li
            key={number}
            className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-sunken sm:px-5"
          >
            <Link href={`/orders/${number}`} className="min-w-0 font-medium after:absolute after:inset-0">
              {said(locale, titleZh, titleEn)}
              <span className="block text-sm font-normal text-ink-soft">
                {t('quantity', { count: quantity })} · {merchantName}
              </span>
            </Link>
            <span className="flex items-center gap-3">
              <Money minor={totalMinor} currency={currency} className="font-semibold" />
              <OrderStatusBadge status={status} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
