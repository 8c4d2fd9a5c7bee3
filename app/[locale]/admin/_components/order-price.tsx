import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import type { AdminOrder } from '@/lib/queries/admin'
import { Fact } from '../../_console/facts'

/** How an order's price came about, who paid which part of it, and what of it went back. */
export function OrderPrice({ order }: { order: AdminOrder }) {
  const t = useTranslations('admin.order')
  const c = useTranslations('console.column')
  const money = (minor: number) => <Money minor={minor} currency={order.currency} />
  return (
    <>
      <Fact term={c('total')}>
        {order.quantity} × {money(order.unitPriceMinor)}
        {order.discountMinor > 0 && <> − {money(order.discountMinor)}</>} ={' '}
        <Money minor={order.totalMinor} currency={order.currency} className="font-semibold" />
      </Fact>
      {order.discountMinor > 0 && (
        <Fact term={t('discount')}>
          {money(order.discountMinor)} {order.coupon && <span className="font-mono">{order.coupon}</span>}
          <span className="block text-sm text-ink-soft">
            {t(order.promoMinor > 0 ? 'promo' : 'byMerchant')} {order.promoMinor > 0 && money(order.promoMinor)}
          </span>
        </Fact>
      )}
      {order.walletMinor > 0 && (
        <Fact term={t('wallet')}>
          {money(order.walletMinor)}{' '}
          <span className="text-sm text-ink-soft">
            {t('rest')} {money(order.totalMinor - order.walletMinor)}
          </span>
        </Fact>
      )}
      <Fact term={c('fee')}>{money(order.feeMinor)}</Fact>
      {order.refundedMinor > 0 && (
        <Fact term={t('refunded')}>
          {money(order.refundedMinor)}
          {order.refundedUnits > 0 && (
            <span className="text-ink-soft"> · {t('refundedUnits', { count: order.refundedUnits })}</span>
          )}
        </Fact>
      )}
      {order.matureAt && (
        <Fact term={t(order.maturedAt ? 'matured' : 'matures')}>
          <DateTime at={order.maturedAt ?? order.matureAt} />
        </Fact>
      )}
    </>
  )
}
