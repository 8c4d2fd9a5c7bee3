import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import type { MerchantOrder } from '@/lib/queries/merchant'
import { Fact, Facts } from '../../../_console/facts'
import { localText } from '../../../_console/local'
import { TextLink } from '../../../_console/text-link'

/** What was bought, by whom, when. */
export function SaleCard({ order }: { order: MerchantOrder }) {
  const t = useTranslations('merchant.order')
  const c = useTranslations('console.column')
  const locale = useLocale()
  const { product, variant } = order.snapshot
  return (
    <Card title={t('sale')}>
      <Facts>
        <Fact term={c('product')}>
          <TextLink href={`/merchant/products/${product.id}`}>
            {localText(locale, product.titleZh, product.titleEn)}
          </TextLink>
        </Fact>
        <Fact term={c('variant')}>
          <TextLink href={`/merchant/stock/${order.variantId}`}>
            {localText(locale, variant.nameZh, variant.nameEn)}
          </TextLink>
        </Fact>
        <Fact term={c('quantity')}>{order.quantity}</Fact>
        <Fact term={t('buyer')}>
          {order.buyer} <span className="block text-sm text-ink-soft">{t('buyerHint')}</span>
        </Fact>
        <Fact term={c('placedAt')}>
          <DateTime at={order.placedAt} style="second" />
        </Fact>
        {order.firstRevealedAt && (
          <Fact term={t('firstRevealed')}>
            <DateTime at={order.firstRevealedAt} style="second" />
          </Fact>
        )}
      </Facts>
    </Card>
  )
}
