import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { Badge, type Tone } from '@/components/ui/badge'
import type { CouponState, PlatformCoupon } from '@/lib/queries/admin'

const TONES: Record<CouponState, Tone> = { running: 'jade', ahead: 'info', ended: 'neutral', off: 'amber' }

export function CouponBadge({ state }: { state: CouponState }) {
  const t = useTranslations('admin.coupons.state')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}

/** What a coupon takes off, in words. */
export function CouponTerms({ coupon }: { coupon: PlatformCoupon }) {
  const t = useTranslations('admin.coupons')
  const { percentBps, amountMinor, mostMinor, minimumMinor, currency } = coupon
  return (
    <span className="block">
      {percentBps === null ? (
        <Money minor={amountMinor ?? 0} currency={currency} />
      ) : (
        <span className="tabular-nums">{percentBps / 100}%</span>
      )}
      {mostMinor !== null && (
        <span className="text-ink-soft">
          {' '}
          · {t('atMost')} <Money minor={mostMinor} currency={currency} />
        </span>
      )}
      {minimumMinor > 0 && (
        <span className="block text-sm text-ink-soft">
          {t('from')} <Money minor={minimumMinor} currency={currency} />
        </span>
      )}
    </span>
  )
}
