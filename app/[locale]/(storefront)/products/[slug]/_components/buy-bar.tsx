'use client'

import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { Button } from '@/components/ui/button'
import { BUY_FORM } from './buy-panel'
import { totalOf, useChoice } from './choice'

/** On phones the total and the button stay at the bottom of the screen while the page is read. */
export function BuyBar() {
  const t = useTranslations('storefront.buy')
  const choice = useChoice()
  const { totalMinor, known } = totalOf(choice)
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-6 flex items-center justify-between gap-4 border-t border-line bg-surface px-4 pt-2.5 pb-[max(0.625rem,env(safe-area-inset-bottom))] shadow-lift sm:hidden">
      <p className="grid leading-tight">
        <span className="text-2xs text-ink-soft">{t('total')}</span>
        {known ? <Money price minor={totalMinor} currency={choice.variant.currency} className="text-xl" /> : '—'}
      </p>
      <Button type="submit" form={BUY_FORM} className="min-w-36">
        {t('submit')}
      </Button>
    </div>
  )
}
