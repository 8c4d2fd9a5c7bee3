import { useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { ProductPage } from '@/lib/queries/storefront'

/** Why it cannot be bought now, and where similar things are. */
export function OffSale({ product, why }: { product: ProductPage; why: 'unlisted' | 'paused' | 'soldOut' }) {
  const t = useTranslations('storefront.product')
  return (
    <div className="grid content-start gap-4 rounded-lg border border-line bg-surface p-4 sm:p-5">
      <Notice kind="warn" title={t(`${why}Title`)}>
        {t(`${why}Body`)}
      </Notice>
      {why === 'soldOut' && (
        <ul className="divide-y divide-line">
          {product.variants.map(({ id, name, priceMinor, currency }) => (
            <li key={id} className="flex items-baseline justify-between gap-4 py-2">
              <span>{name}</span>
              <Money minor={priceMinor} currency={currency} />
            </li>
          ))}
        </ul>
      )}
      <ButtonLink href={`/categories/${product.category.slug}`} variant="secondary" wide>
        {t('sameCategory')}
      </ButtonLink>
    </div>
  )
}
