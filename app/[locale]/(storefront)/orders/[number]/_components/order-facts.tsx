import { useLocale, useTranslations } from 'next-intl'
import { ProductCover } from '@/components/product-cover'
import { TextLink } from '@/components/text-link'
import { Card } from '@/components/ui/card'
import { ATTRIBUTE_KEYS } from '@/lib/domain/catalog'
import { formatMoney } from '@/lib/kernel/money'
import type { OrderPage } from '@/lib/queries/order'
import { said } from '../../_components/said'
import { OrderPrice } from './order-price'

/** What was bought, as it stood at purchase (from the snapshot, not from today's listing). */
export function OrderFacts({ order }: { order: OrderPage }) {
  const t = useTranslations('order.page')
  const d = useTranslations('delivery')
  const locale = useLocale()
  const { product, variant, merchant, price, delivery } = order.snapshot
  const variantName = said(locale, variant.nameZh, variant.nameEn)
  const facts: readonly (readonly [string, string])[] = [
    ...ATTRIBUTE_KEYS.flatMap((key) =>
      product.attributes[key] ? [[t(`attributes.${key}`), product.attributes[key]] as const] : [],
    ),
    [d('order.fact'), d(`kind.${delivery.kind}`)],
    [t('merchant'), `${merchant.name} · ${merchant.legalName} · ${merchant.legalNumber}`],
    [t('contact'), order.contactEmail],
    [t('email'), order.email],
  ]
  return (
    <Card title={t('facts')}>
      <div className="grid grid-cols-[6rem_1fr] items-start gap-4 sm:grid-cols-[9rem_1fr]">
        <ProductCover
          glyph={product.category.glyph}
          platform={product.attributes.platform}
          headline={variantName}
          className="rounded-md"
        />
        <div className="grid min-w-0 gap-1">
          <TextLink href={`/products/${product.slug}`}>{said(locale, product.titleZh, product.titleEn)}</TextLink>
          <p className="text-ink-soft">{variantName}</p>
          <p className="text-ink-soft tabular-nums">
            {t('price', { unit: formatMoney(price.unitPriceMinor, price.currency, locale), quantity: price.quantity })}
          </p>
        </div>
      </div>
      {delivery.kind === 'SHARED' && (
        <p className="mt-4 rounded-md bg-sunken px-3.5 py-3 text-[0.9375rem]">
          {d('order.shared', { seats: delivery.seats ?? 0 })}
        </p>
      )}
      <OrderPrice order={order} />
      <dl className="mt-5 grid gap-x-4 gap-y-2 text-[0.9375rem] sm:grid-cols-[8rem_1fr]">
        {facts.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-soft">{term}</dt>
            <dd className="min-w-0 break-words max-sm:mb-1.5">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
