import { useLocale } from 'next-intl'
import { getPathname } from '@/i18n/navigation'
import { env } from '@/lib/infra/env'
import type { ProductPage } from '@/lib/queries/storefront'
import { JsonLd } from '@/app/[locale]/(storefront)/_components/json-ld'

/** The offers as they are: real prices and availability, no ratings that nobody gave. */
export function ProductJsonLd({ product }: { product: ProductPage }) {
  const { slug, title, description, category, merchant, variants, state } = product
  const url = new URL(getPathname({ href: `/products/${slug}`, locale: useLocale() }), env().KEYBOND_URL).href
  const offers = variants.map(({ name, priceMinor, currency, stock }) => ({
    '@type': 'Offer',
    name,
    url,
    price: (priceMinor / 100).toFixed(2),
    priceCurrency: currency,
    availability: `https://schema.org/${state === 'selling' && stock > 0 ? 'InStock' : 'OutOfStock'}`,
    seller: { '@type': 'Organization', name: merchant.name, legalName: merchant.legalName },
  }))
  return <JsonLd data={{ '@type': 'Product', name: title, description, category: category.name, url, offers }} />
}
