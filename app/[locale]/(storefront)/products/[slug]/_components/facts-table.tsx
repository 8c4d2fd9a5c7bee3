import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ProductPage } from '@/lib/queries/storefront'
import { DeliveryText } from '../../../_components/delivery-line'

const DOWNLOAD = { included: 'downloadIncluded', none: 'downloadNone', 'not-needed': 'downloadNotNeeded' } as const

/** What the merchant promises about the CDKs; these very facts are frozen on the order. */
export function FactsTable({ product }: { product: ProductPage }) {
  const t = useTranslations('storefront.attributes')
  return (
    <table className="w-full border-collapse">
      <tbody>
        {product.facts.map(({ key, value }) => (
          <FactRow key={key} name={t(key)}>
            {value ?? <span className="text-ink-soft">{t('notStated')}</span>}
          </FactRow>
        ))}
        <FactRow name={t('download')}>{t(DOWNLOAD[product.downloadAddress])}</FactRow>
        <FactRow name={t('delivery')}>
          {deliveries(product).map(([named, delivery]) => (
            <span key={named} className="block">
              {product.variants.length > 1 && deliveries(product).length > 1 && (
                <span className="text-ink-soft">{named} · </span>
              )}
              <DeliveryText delivery={delivery} />
            </span>
          ))}
        </FactRow>
        {product.variants.some(({ validityDays }) => validityDays !== null) && (
          <FactRow name={t('promise')}>
            {promises(product).map(([named, days], _, { length }) => (
              <span key={named} className="block">
                {length > 1 && <span className="text-ink-soft">{named} · </span>}
                {days === null ? t('promiseNone') : t('promiseDays', { days })}
              </span>
            ))}
          </FactRow>
        )}
      </tbody>
    </table>
  )
}

/** Each different promise once, with the names of the variants that it goes for. */
function deliveries({ variants }: ProductPage) {
  const groups = Map.groupBy(variants, ({ delivery }) => JSON.stringify(delivery))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [[group.map(({ name }) => name).join('、'), first.delivery] as const] : []
  })
}

/** The same of the validity that is left at delivery. */
function promises({ variants }: ProductPage) {
  const groups = Map.groupBy(variants, ({ validityDays }) => validityDays)
  return [...groups].map(([days, group]) => [group.map(({ name }) => name).join('、'), days] as const)
}

function FactRow({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <tr className="border-t border-line first:border-t-0">
      <th scope="row" className="w-28 py-2 pe-4 text-start align-baseline font-normal text-ink-soft sm:w-40">
        {name}
      </th>
      <td className="py-2 align-baseline">{children}</td>
    </tr>
  )
}
