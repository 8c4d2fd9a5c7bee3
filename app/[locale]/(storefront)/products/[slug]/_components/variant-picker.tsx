'use client'

import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { useChoice } from './choice'
import { StockNote } from './stock-note'

/** Radio cards, each with its own price and stock, so that the choice is clear before any script runs. */
export function VariantPicker() {
  const t = useTranslations('storefront.buy')
  const { variants, variant, choose } = useChoice()
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-medium">{t('variant')}</legend>
      <div className="grid gap-2">
        {variants.map(({ id, name, priceMinor, currency, stock, delivery }) => (
          <label
            key={id}
            className="flex min-h-12 items-center gap-3 rounded-md border border-line px-3 py-2 has-checked:border-jade has-checked:bg-jade-wash has-disabled:cursor-not-allowed has-disabled:bg-sunken has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-jade"
          >
            <input
              type="radio"
              name="variant"
              value={id}
              checked={id === variant.id}
              disabled={stock === 0}
              onChange={() => choose(id)}
              className="size-4 shrink-0 accent-jade-solid outline-none"
            />
            <span className="min-w-0 flex-1 leading-snug">{name}</span>
            <span className="grid shrink-0 justify-items-end leading-snug">
              <Money minor={priceMinor} currency={currency} className="font-medium" />
              <StockNote stock={stock} delivery={delivery} className="text-2xs" />
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
