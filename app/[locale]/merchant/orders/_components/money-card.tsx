import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Card } from '@/components/ui/card'
import { cx } from '@/components/ui/cx'
import { type MerchantOrder, breakdownOf } from '@/lib/queries/merchant'

/** From the price of the goods to what stays with the merchant, every part on its own line, and when it matures. */
export function MoneyCard({ order }: { order: MerchantOrder }) {
  const t = useTranslations('merchant.order.money')
  const { goodsMinor, discountMinor, promoMinor, refundedMinor, promoBackMinor, feeMinor, netMinor } =
    breakdownOf(order)
  const { currency, quantity, snapshot } = order
  const money = (minor: number) => <Money minor={minor} currency={currency} />
  const ended = order.status === 'EXPIRED' || order.status === 'CANCELLED'
  return (
    <Card title={t('title')}>
      <dl className="grid">
        <Line term={t('goods', { quantity })} detail={money(order.unitPriceMinor)}>
          {money(goodsMinor)}
        </Line>
        {discountMinor > 0 && (
          <Line
            term={t('discount', { code: snapshot.price.couponCode ?? '–' })}
            detail={t(promoMinor > 0 ? 'byPlatform' : 'byYou')}
          >
            {money(-discountMinor)}
          </Line>
        )}
        <Line term={t('paid')}>{money(order.totalMinor)}</Line>
        {promoMinor > 0 && <Line term={t('promo')}>{money(promoMinor)}</Line>}
        {refundedMinor > 0 && <Line term={t('refunded')}>{money(-refundedMinor)}</Line>}
        {promoBackMinor > 0 && <Line term={t('promoBack')}>{money(-promoBackMinor)}</Line>}
        {!ended && (
          <>
            <Line term={t('fee', { rate: (snapshot.price.feeBps / 100).toFixed(2) })}>{money(-feeMinor)}</Line>
            <Line term={t(order.status === 'CONFIRMED' ? 'earned' : 'yours')} strong>
              {money(netMinor)}
            </Line>
          </>
        )}
      </dl>
      <Maturity order={order} />
    </Card>
  )
}

function Line({
  term,
  detail,
  strong = false,
  children,
}: {
  term: ReactNode
  detail?: ReactNode
  strong?: boolean
  children: ReactNode
}) {
  return (
    <div
      className={cx('flex items-baseline justify-between gap-4 py-1.5', strong && 'border-t border-line font-semibold')}
    >
      <dt className="min-w-0">
        {term}
        {detail && <span className="ms-2 text-sm text-ink-soft">{detail}</span>}
      </dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  )
}

function Maturity({ order: { earning, currency } }: { order: MerchantOrder }) {
  const t = useTranslations('merchant.order.money')
  if (!earning) return null
  const pending = <Money minor={earning.pendingMinor} currency={currency} />
  return (
    <p className="mt-3 text-sm text-ink-soft">
      {earning.maturedAt
        ? t.rich('matured', { at: () => <DateTime at={earning.maturedAt ?? earning.matureAt} /> })
        : earning.heldAt
          ? t.rich('held', { amount: () => pending })
          : t.rich('matures', { at: () => <DateTime at={earning.matureAt} relative />, amount: () => pending })}
    </p>
  )
}
