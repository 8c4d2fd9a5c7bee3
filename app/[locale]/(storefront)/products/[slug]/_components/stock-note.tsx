import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/cx'
import type { DeliveryShown } from '@/lib/queries/storefront'

// Not imported from the queries: their folder must stay out of the browser.
const MOST_COUNTED = 1000
const LOW = 20

interface Props {
  stock: number
  delivery: DeliveryShown
  className?: string
}

/** Real stock in words: exact below 1,000, amber when little is left; by hand how it comes instead, shared both. */
export function StockNote({ stock, delivery, className }: Props) {
  const t = useTranslations('storefront.buy')
  const d = useTranslations('delivery.shown')
  if (delivery.kind === 'MANUAL' && stock > 0) {
    return (
      <span className={cx('whitespace-nowrap text-ink-soft tabular-nums', className)}>
        {d('badge.MANUAL', { hours: delivery.hours ?? 0 })}
      </span>
    )
  }
  const text = stock === 0 ? t('soldOut') : stock >= MOST_COUNTED ? t('stockMany') : t('stock', { count: stock })
  return (
    <span
      className={cx(
        'whitespace-nowrap tabular-nums',
        stock > 0 && stock <= LOW ? 'text-amber' : 'text-ink-soft',
        className,
      )}
    >
      {delivery.kind === 'SHARED' && stock > 0 && <span className="text-ink-soft">{d('badge.SHARED')} · </span>}
      {text}
    </span>
  )
}
