import { useTranslations } from 'next-intl'
import { MoneyStrip, type MoneyStripProps } from '@/components/money-strip'
import type { OrderPage } from '@/lib/queries/order'

/** 钱在哪里 for the buyer: amounts from the ledger, whose turn it is, and the next move with its clock. */
export function OrderStrip({ order, now }: { order: OrderPage; now: Date }) {
  const { buyerMinor, heldMinor, merchantMinor, feeMinor, refundingMinor, promoMinor } = order.money
  // Before it is paid only the wallet's part may be held: the next move is the buyer's.
  const waiting = order.status === 'AWAITING_PAYMENT'
  const lit = heldMinor > 0 && !waiting ? 'held' : merchantMinor > 0 ? 'merchant' : 'buyer'
  return (
    <MoneyStrip
      {...{ buyerMinor, heldMinor, merchantMinor, feeMinor, refundingMinor, promoMinor, lit }}
      currency={order.currency}
      {...useMoves(order, now)}
    />
  )
}

function useMoves(
  { status, dueAt, frozenAt, complainedAt, money }: OrderPage,
  now: Date,
): Pick<MoneyStripProps, 'ballWith' | 'next'> {
  const t = useTranslations('order')
  const d = useTranslations('delivery.order')
  const c = useTranslations('complain.order')
  if (frozenAt) return { ballWith: { who: t('ball.provider'), text: t('ball.disputed') } }
  if (complainedAt) return { ballWith: { who: c('ballWho'), text: c('paused') } }
  const over = dueAt !== null && dueAt <= now
  if (status === 'AWAITING_PAYMENT' && dueAt) {
    if (over) return { ballWith: { who: t('ball.platform'), text: t('ball.closing') } }
    return { ballWith: { who: t('ball.you'), text: t('ball.pay') }, next: { text: t('next.expire'), at: dueAt } }
  }
  if (status === 'AWAITING_DELIVERY' && dueAt) {
    if (over) return { ballWith: { who: t('ball.platform'), text: d('overdue') } }
    return { ballWith: { who: d('ball'), text: d('toDeliver') }, next: { text: d('next'), at: dueAt } }
  }
  if (status === 'DELIVERED' && dueAt) {
    if (over) return { ballWith: { who: t('ball.platform'), text: t('ball.settling') } }
    return {
      ballWith: { who: t('ball.you'), text: t('ball.inspect') },
      next: { text: t('next.autoConfirm'), at: dueAt },
    }
  }
  if (money.refunds.some(({ status: how }) => how !== 'SUCCEEDED'))
    return { ballWith: { who: t('ball.provider'), text: t('ball.refunding') } }
  return { ballWith: { who: t('ball.nobody'), text: t('ball.done') } }
}
