'use client'

import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { cx } from '@/components/ui/cx'
import { node } from '@/app/[locale]/(storefront)/_components/rich'
import { totalOf, useChoice } from './choice'

/** Wholesale prices of the chosen variant, the one that holds now marked. */
export function TierTable() {
  const t = useTranslations('storefront.buy')
  const choice = useChoice()
  const { variant } = choice
  const { unitMinor } = totalOf(choice)
  const steps = [{ minQuantity: 1, unitPriceMinor: variant.priceMinor }, ...variant.tiers]
  return (
    <table className="w-full border-collapse text-[0.9375rem]">
      <caption className="mb-1.5 text-start font-medium">{t('tiers')}</caption>
      <tbody>
        {steps.map(({ minQuantity, unitPriceMinor }) => {
          const holds = unitPriceMinor === unitMinor
          return (
            <tr
              key={minQuantity}
              aria-current={holds ? 'true' : undefined}
              className={cx('border-t border-line', holds && 'bg-jade-wash font-medium text-jade')}
            >
              <th scope="row" className="px-2.5 py-1.5 text-start [font-weight:inherit]">
                {t('tierFrom', { count: minQuantity })}
              </th>
              <td className="px-2.5 py-1.5 text-end">
                {t.rich('tierUnit', { price: node(<Money minor={unitPriceMinor} currency={variant.currency} />) })}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
