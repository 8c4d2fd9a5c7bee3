'use client'

import { Minus, Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId, useSyncExternalStore } from 'react'
import { Input } from '@/components/ui/input'
import { useChoice } from './choice'

const never = () => () => {}

/** A number field; the buttons beside it appear once they work. */
export function QuantityField() {
  const t = useTranslations('storefront.buy')
  const { variant, quantity, count, most, setQuantity } = useChoice()
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const id = useId()
  const step = (by: number) => setQuantity(String(Math.min(most, Math.max(1, (count ?? 1) + by))))
  const limit =
    variant.stock < variant.maxPerOrder
      ? t('onlyLeft', { count: variant.stock })
      : t('most', { count: variant.maxPerOrder })
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <label htmlFor={id} className="font-medium">
        {t('quantity')}
      </label>
      <div className="flex items-center">
        {scripted && (
          <StepButton label={t('less')} off={(count ?? 1) <= 1} press={() => step(-1)} side="rounded-s-md border-e-0">
            <Minus aria-hidden />
          </StepButton>
        )}
        <Input
          id={id}
          name="quantity"
          type="number"
          inputMode="numeric"
          min={1}
          max={most}
          step={1}
          required
          value={quantity}
          onChange={(event) => setQuantity(event.target.value)}
          aria-describedby={`${id}-limit`}
          aria-invalid={count === null ? true : undefined}
          className="w-20! rounded-none! text-center tabular-nums [appearance:textfield] [&::-webkit-inner-spin-button]:appearance-none"
        />
        {scripted && (
          <StepButton label={t('more')} off={(count ?? 1) >= most} press={() => step(1)} side="rounded-e-md border-s-0">
            <Plus aria-hidden />
          </StepButton>
        )}
      </div>
      <p
        id={`${id}-limit`}
        aria-live="polite"
        className={`w-full text-end text-sm ${count === null ? 'font-medium text-danger' : 'text-ink-soft'}`}
      >
        {count === null ? t('badQuantity', { count: most }) : limit}
      </p>
    </div>
  )
}

function StepButton({
  label,
  off,
  press,
  side,
  children,
}: {
  label: string
  off: boolean
  press: () => void
  side: string
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-disabled={off || undefined}
      onClick={off ? undefined : press}
      className={`grid size-11 place-items-center border border-line-strong bg-sunken hover:bg-jade-wash aria-disabled:text-ink-faint [&_svg]:size-4 ${side}`}
    >
      {children}
    </button>
  )
}
