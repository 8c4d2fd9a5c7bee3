import { useTranslations } from 'next-intl'
import { Countdown } from '@/components/countdown'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import type { QuotedLine } from '@/lib/domain/orders'
import type { OpenOrder } from '@/lib/queries/order'

/** Somebody who left an order unpaid is led back to it before buying again. */
export function OpenOrderNotice({ orders }: { orders: readonly OpenOrder[] }) {
  const t = useTranslations('order.checkout')
  if (orders.length === 0) return null
  return (
    <Notice kind="info" title={t('openTitle')}>
      <ul className="grid gap-2">
        {orders.map(({ number, dueAt, orders: count }) => (
          <li key={number} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>
              {count > 1 ? t('openMany', { number, count }) : t('openBody', { number })} <Countdown to={dueAt} />
            </span>
            <ButtonLink href={`/orders/${number}`} size="sm" variant="secondary">
              {t('openAction')}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

interface StockProps {
  offer: QuotedLine['offer']
  left: number
  /** Of this page's address. */
  query: Record<string, string>
}

/** Instead of the form: sold out meanwhile, or fewer left than asked for. */
export function StockNotice({ offer: { variantId, slug }, left, query }: StockProps) {
  const t = useTranslations('order.checkout')
  if (left === 0) {
    return (
      <Notice kind="warn" live title={t('soldOutTitle')}>
        <p>{t('soldOutBody')}</p>
        <ButtonLink href={`/products/${slug}`} variant="secondary" className="mt-3">
          {t('back')}
        </ButtonLink>
      </Notice>
    )
  }
  return (
    <Notice kind="warn" live title={t('shortTitle')}>
      <p>{t('shortBody', { left })}</p>
      <ButtonLink href={{ pathname: `/checkout/${variantId}`, query: { ...query, quantity: left } }} className="mt-3">
        {t('shortAction', { left })}
      </ButtonLink>
    </Notice>
  )
}

export function NotForSale() {
  const t = useTranslations('order.checkout')
  return (
    <EmptyState
      title={<h1 className="text-xl">{t('notForSale')}</h1>}
      action={<ButtonLink href="/search">{t('browse')}</ButtonLink>}
    >
      {t('notForSaleBody')}
    </EmptyState>
  )
}
