import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'

/** An order that is over, in plain words: how it ended and where the money is. */
export function ClosedNotice({ order }: { order: OrderPage }) {
  const t = useTranslations('order.state')
  const d = useTranslations('delivery.order')
  const locale = useLocale()
  const at = () => (order.closedAt ? <DateTime at={order.closedAt} style="second" /> : null)
  const strayed = order.money.refunds.some(({ kind }) => kind === 'late')
  const walletBack = order.walletMinor > 0 && (
    <p>{t('walletBack', { amount: formatMoney(order.walletMinor, order.currency, locale) })}</p>
  )
  const again = (
    <ButtonLink href={`/products/${order.snapshot.product.slug}`} variant="secondary" size="sm" className="mt-3">
      {t('again')}
    </ButtonLink>
  )
  switch (order.status) {
    case 'CONFIRMED': {
      const byClock = order.timeline.some(({ type }) => type === 'auto-confirm')
      return (
        <Notice kind="success" title={t('confirmed')}>
          {t.rich(byClock ? 'autoConfirmedBody' : 'confirmedBody', { at })}
        </Notice>
      )
    }
    case 'EXPIRED':
      return (
        <Notice kind="info" title={t('expired')}>
          <p>{t(strayed ? 'expiredRefund' : 'expiredBody')}</p>
          {walletBack}
          {again}
        </Notice>
      )
    case 'CANCELLED':
      return (
        <Notice kind="info" title={t('cancelled')}>
          <p>{t(strayed ? 'cancelledRefund' : 'cancelledBody')}</p>
          {walletBack}
          {again}
        </Notice>
      )
    case 'REFUNDED': {
      const amount = formatMoney(order.totalMinor, order.currency, locale)
      const back = order.money.refundingMinor === 0
      const failed = order.timeline.find(({ type }) => type === 'fail-delivery' || type === 'decline-delivery')
      return (
        <Notice kind="info" title={t(back ? 'refunded' : 'refunding')}>
          {failed && <p>{d(failed.type === 'fail-delivery' ? 'failed' : 'declined')}</p>}
          <p>{t(back ? 'refundedBody' : 'refundingBody', { amount })}</p>
          {again}
        </Notice>
      )
    }
    default:
      return null
  }
}
