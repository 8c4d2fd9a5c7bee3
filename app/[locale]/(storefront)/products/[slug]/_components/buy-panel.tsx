'use client'

import { ShoppingCart, Timer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useActionState, type ReactNode } from 'react'
import { Money } from '@/components/money'
import { TextLink } from '@/components/text-link'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { DeliveryIcon, DeliveryText } from '@/app/[locale]/(storefront)/_components/delivery-line'
import { node } from '@/app/[locale]/(storefront)/_components/rich'
import { IDLE } from '@/lib/web/action-state'
import { addToCartAction } from '../../../cart/actions'
import { type Total, totalOf, useChoice } from './choice'
import { QuantityField } from './quantity-field'
import { StockNote } from './stock-note'
import { TierTable } from './tier-table'
import { VariantPicker } from './variant-picker'

interface Props {
  /** Address that turns the form into a checkout. */
  action: string
  /** This page, for working out the total without JavaScript. */
  page: string
  holdMinutes: number
}

export const BUY_FORM = 'buy'

/**
 * Variant, quantity, price in full, and two ways on, both without JavaScript: to the checkout (the form itself, a GET), or
 * into the cart (its second button, an action).
 */
export function BuyPanel({ action, page, holdMinutes }: Props) {
  const t = useTranslations('storefront.buy')
  const choice = useChoice()
  const total = totalOf(choice)
  const { variant } = choice
  const [added, addToCart] = useActionState(addToCartAction, IDLE)
  return (
    <form id={BUY_FORM} action={action} className="grid gap-5 rounded-lg border border-line bg-surface p-4 sm:p-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <Money price minor={total.unitMinor} currency={variant.currency} className="text-3xl" />
        <StockNote stock={variant.stock} delivery={variant.delivery} className="text-[0.9375rem]" />
      </div>
      <VariantPicker />
      <QuantityField />
      {variant.tiers.length > 0 && <TierTable />}
      <PriceLines total={total} currency={variant.currency} />
      <div className="grid gap-2.5">
        <Button type="submit" size="lg" wide className="max-sm:hidden">
          {t('submit')}
        </Button>
        <Button type="submit" variant="secondary" size="lg" wide formAction={addToCart}>
          <ShoppingCart aria-hidden />
          {t('addToCart')}
        </Button>
        {added.status === 'done' && (
          <Notice kind="success" live title={t('added')}>
            <TextLink href="/cart">{t('toCart')}</TextLink>
          </Notice>
        )}
        {added.status === 'refused' && (
          <Notice kind="danger" live title={t('addFailed')}>
            {added.message}
          </Notice>
        )}
        <noscript>
          <button formAction={page} className="min-h-11 w-full rounded-md border border-line-strong bg-surface">
            {t('recount')}
          </button>
        </noscript>
        <ul className="grid gap-1.5 text-sm text-ink-soft [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-jade">
          <li className="flex gap-2">
            <DeliveryIcon kind={variant.delivery.kind} />
            <DeliveryText delivery={variant.delivery} />
          </li>
          {variant.delivery.kind !== 'MANUAL' && (
            <li className="flex gap-2">
              <Timer aria-hidden />
              {t('hold', { minutes: holdMinutes })}
            </li>
          )}
        </ul>
      </div>
    </form>
  )
}

function PriceLines({ total, currency }: { total: Total; currency: string }) {
  const t = useTranslations('storefront.buy')
  const { goodsMinor, discountMinor, totalMinor, count, known } = total
  const unit = t.rich('unit', { count, price: node(<Money minor={goodsMinor / count} currency={currency} />) })
  return (
    <div aria-live="polite">
      <h2 className="sr-only">{t('lines')}</h2>
      <dl className="grid gap-1.5 border-t border-line pt-4 text-[0.9375rem]">
        <Line term={t('goods')} note={unit}>
          <Money minor={goodsMinor} currency={currency} />
        </Line>
        {discountMinor > 0 && (
          <Line term={t('discount')}>
            <Money minor={-discountMinor} currency={currency} className="text-jade" />
          </Line>
        )}
        <Line term={t('platformFee')} note={t('bySeller')}>
          <Money minor={0} currency={currency} />
        </Line>
        <Line term={t('paymentFee')} note={t('bySeller')}>
          <Money minor={0} currency={currency} />
        </Line>
        <div className="mt-1.5 flex items-baseline justify-between gap-4 border-t border-line pt-3">
          <dt className="font-semibold">{t('total')}</dt>
          <dd>{known ? <Money price minor={totalMinor} currency={currency} className="text-2xl" /> : '—'}</dd>
        </div>
      </dl>
    </div>
  )
}

function Line({ term, note, children }: { term: ReactNode; note?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="min-w-0">
        <span className="me-2 sm:me-0">{term}</span>
        {note && <span className="ms-2 inline-block text-sm text-ink-soft max-sm:ms-0">{note}</span>}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
