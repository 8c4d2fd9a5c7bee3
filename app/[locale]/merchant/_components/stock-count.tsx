import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { LOW_STOCK, STOCK_COUNTED } from '@/lib/queries/merchant'

/** How many CDKs are left; what is on sale and short of them says so in a word. What is delivered by hand has none. */
export function StockCount({
  left,
  selling,
  lowAt = LOW_STOCK,
  byHand = false,
}: {
  left: number
  selling: boolean
  /** Fewer than this are few: the variant's own mark, or the usual one. */
  lowAt?: number
  byHand?: boolean
}) {
  const t = useTranslations('merchant.stockCount')
  const d = useTranslations('delivery.merchant')
  if (byHand) return <span className="text-ink-soft">{d('byHand')}</span>
  const short = selling && left < lowAt
  return (
    <span className="inline-flex items-baseline gap-2">
      {short && <Badge tone={left === 0 ? 'danger' : 'amber'}>{t(left === 0 ? 'out' : 'low')}</Badge>}
      {left >= STOCK_COUNTED ? t('more', { count: STOCK_COUNTED }) : left}
    </span>
  )
}
