import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/cx'

// Not imported from the queries: their folder must stay out of the browser.
const MOST_COUNTED = 1000
const LOW = 20

/** Real stock in words: exact below 1,000, amber when little is left. */
export function StockNote({ stock, className }: { stock: number; className?: string }) {
  const t = useTranslations('storefront.buy')
  const text = stock === 0 ? t('soldOut') : stock >= MOST_COUNTED ? t('stockMany') : t('stock', { count: stock })
  return (
    <span
      className={cx(
        'whitespace-nowrap tabular-nums',
        stock > 0 && stock <= LOW ? 'text-amber' : 'text-ink-soft',
        className,
      )}
    >
      {text}
    </span>
  )
}
