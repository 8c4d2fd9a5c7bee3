import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ProductPage } from '@/lib/queries/storefront'

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
        <FactRow name={t('delivery')}>{t('automatic')}</FactRow>
      </tbody>
    </table>
  )
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
