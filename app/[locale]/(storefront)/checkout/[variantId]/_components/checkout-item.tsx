import { useLocale, useTranslations } from 'next-intl'
import { getPathname } from '@/i18n/navigation'
import { Money } from '@/components/money'
import { ProductCover } from '@/components/product-cover'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { formatMoney, type Minor } from '@/lib/kernel/money'
import type { CheckoutOffer } from '@/lib/queries/order'
import { said } from '../../../orders/_components/said'

interface Props {
  offer: CheckoutOffer
  title: string
  quantity: number
  unitPriceMinor: Minor
  idempotencyKey: string
}

/** What, from whom, how many, and every part of the price on its own line. */
export function CheckoutItem({ offer, title, quantity, unitPriceMinor, idempotencyKey }: Props) {
  const t = useTranslations('order.checkout')
  const locale = useLocale()
  const { merchant, currency } = offer
  const variant = said(locale, offer.variantNameZh, offer.variantNameEn)
  const reached = offer.tiers
    .filter(({ minQuantity }) => minQuantity <= quantity)
    .toSorted((a, b) => b.minQuantity - a.minQuantity)[0]
  const next = offer.tiers
    .filter(({ minQuantity }) => minQuantity > quantity)
    .toSorted((a, b) => a.minQuantity - b.minQuantity)[0]
  return (
    <Card title={t('item')}>
      <div className="grid grid-cols-[6rem_1fr] items-start gap-4 sm:grid-cols-[9rem_1fr]">
        <ProductCover
          glyph={offer.category.glyph}
          platform={offer.attributes.platform}
          headline={variant}
          className="rounded-md"
        />
        <div className="grid min-w-0 gap-1">
          <p className="font-semibold">{title}</p>
          <p className="text-ink-soft">{variant}</p>
          <p className="text-sm text-ink-soft">
            {t('seller')} {merchant.name}
            <span className="block">{t('legal', { name: merchant.legalName, number: merchant.legalNumber })}</span>
          </p>
        </div>
      </div>

      <form
        action={getPathname({ href: `/checkout/${offer.variantId}`, locale })}
        className="mt-5 grid grid-cols-[minmax(0,9rem)_auto] items-end gap-3"
      >
        <input type="hidden" name="key" value={idempotencyKey} />
        <Field label={t('quantity')} hint={t('quantityHint', { most: offer.maxPerOrder })}>
          {(aria) => (
            <Input
              key={quantity}
              type="number"
              name="quantity"
              min={1}
              max={offer.maxPerOrder}
              defaultValue={quantity}
              inputMode="numeric"
              {...aria}
            />
          )}
        </Field>
        <Button type="submit" variant="secondary" className="justify-self-start">
          {t('update')}
        </Button>
      </form>
      {reached && <p className="mt-2 text-sm text-jade">{t('tierReached', { count: reached.minQuantity })}</p>}
      {next && (
        <p className="mt-2 text-sm text-ink-soft">
          {t('tier', { count: next.minQuantity, price: formatMoney(next.unitPriceMinor, currency, locale) })}
        </p>
      )}

      <h3 className="mt-5 text-base">{t('lines')}</h3>
      <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-y-1.5 [&_dt]:pe-4">
        <dt className="text-ink-soft">{t('unit')}</dt>
        <dd className="text-end tabular-nums">
          <Money minor={unitPriceMinor} currency={currency} /> × {quantity}
        </dd>
        <dt className="text-ink-soft">{t('fee')}</dt>
        <dd className="text-end">{t('feeIncluded')}</dd>
        <dt className="border-t border-line pt-2 font-semibold">{t('total')}</dt>
        <dd className="border-t border-line pt-2 text-end">
          <Money minor={unitPriceMinor * quantity} currency={currency} price className="text-xl" />
        </dd>
      </dl>
      <p className="mt-1 text-sm text-ink-soft">{t('totalNote')}</p>
    </Card>
  )
}
