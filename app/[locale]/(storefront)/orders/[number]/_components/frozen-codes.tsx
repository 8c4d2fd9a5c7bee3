import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { priceOfCdks } from '@/lib/domain/orders'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'

/** The mall froze the batch of some of the codes: what was paid back for them, and what still comes back. */
export function FrozenCodes({ order }: { order: OrderPage }) {
  const t = useTranslations('order.batchFrozen')
  const locale = useLocale()
  const held = order.cdks.filter(({ refunded, replaced }) => !refunded && !replaced)
  const waiting = held.filter(({ inFrozenBatch }) => inFrozenBatch).length
  const doneMinor = order.frozenRefundedMinor
  if (waiting === 0 && doneMinor === 0) return null
  const money = (minor: number) => formatMoney(minor, order.currency, locale)
  const leftMinor = waiting === held.length ? order.totalMinor - order.refundedMinor : priceOfCdks(order, waiting)
  return (
    <Notice kind="warn" title={t('title')}>
      <p>{t('body')}</p>
      {doneMinor > 0 && <p>{t('done', { amount: money(doneMinor) })}</p>}
      {waiting > 0 && <p>{t(order.frozenAt ? 'disputed' : 'waiting', { count: waiting, amount: money(leftMinor) })}</p>}
    </Notice>
  )
}
