import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { LOW_STOCK, STOCK_COUNTED } from '@/lib/queries/merchant'

/** How many CDKs are left; what is on sale and short of them says so in a word. */
export function StockCount({ left, selling }: { left: number; selling: boolean }) {
  const t = useTranslations('merchant.stockCount')
  const short = selling && left < LOW_STOCK
  return (
    <span className="inline-flex items-baseline gap-2">
      {short && <Badge tone={left === 0 ? 'danger' : 'amber'}>{t(left === 0 ? 'out' : 'low')}</Badge>}
      {left >= STOCK_COUNTED ? t('more', { count: STOCK_COUNTED }) : left}
    </span>
  )
}
