import Form from 'next/form'
import { useLocale, useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ProductCover } from '@/components/product-cover'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import type { Quote, QuotedLine } from '@/lib/domain/orders'
import { formatMoney } from '@/lib/kernel/money'
import { DeliveryText } from '../../_components/delivery-line'
import { said } from '../../orders/_components/said'
import { type Asked, queryOf } from '../asked'

interface Props {
  quote: Quote
  single: boolean
  asked: Asked
  /** This page's address without its query. */
  action: string
}

/** What, from whom and how many, one order a variant, each with its own price part by part. */
export function CheckoutItems({ quote, single, asked, action }: Props) {
  const t = useTranslations('order.checkout')
  const merchants = new Set(quote.lines.map(({ offer }) => offer.merchant.id)).size
  return (
    <Card
      title={single ? t('item') : t('items', { count: quote.lines.length })}
      {...(merchants > 1
        ? { action: <span className="text-sm text-ink-soft">{t('merchants', { count: merchants })}</span> }
        : {})}
    >
      <ul className="grid gap-6">
        {quote.lines.map((line) => (
          <li key={line.offer.variantId} className="border-t border-line pt-6 first:border-t-0 first:pt-0">
            <Item line={line} />
            {single && <QuantityForm line={line} asked={asked} action={action} />}
            <Tiers line={line} />
            {!single && <LinePrice line={line} />}
          </li>
        ))}
      </ul>
      {!single && <p className="mt-5 border-t border-line pt-3 text-sm text-ink-soft">{t('oneOrderEach')}</p>}
    </Card>
  )
}

function Item({ line: { offer } }: { line: QuotedLine }) {
  const t = useTranslations('order.checkout')
  const locale = useLocale()
  const variant = said(locale, offer.variantNameZh, offer.variantNameEn)
  const { merchant } = offer
  return (
    <div className="grid grid-cols-[6rem_1fr] items-start gap-4 sm:grid-cols-[9rem_1fr]">
      <ProductCover
        glyph={offer.category.glyph}
        platform={offer.attributes.platform}
        headline={variant}
        className="rounded-md"
      />
      <div className="grid min-w-0 gap-1">
        <p className="font-semibold">{said(locale, offer.titleZh, offer.titleEn)}</p>
        <p className="text-ink-soft">{variant}</p>
        <p className="text-sm text-ink-soft">
          {t('seller')} {merchant.name}
          <span className="block">{t('legal', { name: merchant.legalName, number: merchant.legalNumber })}</span>
        </p>
        {offer.delivery.kind !== 'AUTOMATIC' && (
          <p className="text-[0.9375rem]">
            <DeliveryText delivery={offer.delivery} />
          </p>
        )}
      </div>
    </div>
  )
}

function QuantityForm({ line, asked, action }: { line: QuotedLine; asked: Asked; action: string }) {
  const t = useTranslations('order.checkout')
  const { quantity: _, ...rest } = queryOf(asked, true)
  return (
    <Form action={action} className="mt-5 grid grid-cols-[minmax(0,9rem)_auto] items-end gap-3">
      {Object.entries(rest).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field label={t('quantity')} hint={t('quantityHint', { most: line.offer.maxPerOrder })}>
        {(aria) => (
          <Input
            key={line.quantity}
            type="number"
            name="quantity"
            min={1}
            max={line.offer.maxPerOrder}
            defaultValue={line.quantity}
            inputMode="numeric"
            {...aria}
          />
        )}
      </Field>
      <Button type="submit" variant="secondary" className="justify-self-start">
        {t('update')}
      </Button>
    </Form>
  )
}

/** Which wholesale price holds, and which one is next. */
function Tiers({ line: { offer, quantity } }: { line: QuotedLine }) {
  const t = useTranslations('order.checkout')
  const locale = useLocale()
  const tiers = offer.tiers.toSorted((a, b) => a.minQuantity - b.minQuantity)
  const reached = tiers.findLast(({ minQuantity }) => minQuantity <= quantity)
  const next = tiers.find(({ minQuantity }) => minQuantity > quantity && minQuantity <= offer.maxPerOrder)
  const price = next ? formatMoney(next.unitPriceMinor, offer.currency, locale) : ''
  return (
    <>
      {reached && <p className="mt-2 text-sm text-jade">{t('tierReached', { count: reached.minQuantity })}</p>}
      {next && <p className="mt-2 text-sm text-ink-soft">{t('tier', { count: next.minQuantity, price })}</p>}
    </>
  )
}

function LinePrice({ line }: { line: QuotedLine }) {
  const t = useTranslations('order.checkout')
  const { currency } = line.offer
  return (
    <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-y-1 text-[0.9375rem] [&_dd]:text-end [&_dd]:tabular-nums [&_dt]:pe-4 [&_dt]:text-ink-soft">
      <dt>{t('unit')}</dt>
      <dd>
        <Money minor={line.unitPriceMinor} currency={currency} /> × {line.quantity}
      </dd>
      {line.discountMinor > 0 && (
        <>
          <dt>{t('discount')}</dt>
          <dd>
            <Money minor={-line.discountMinor} currency={currency} className="text-jade" />
          </dd>
        </>
      )}
      <dt>{t('lineTotal')}</dt>
      <dd className="font-semibold">
        <Money minor={line.totalMinor} currency={currency} />
      </dd>
    </dl>
  )
}
