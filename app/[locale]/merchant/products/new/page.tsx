import { getLocale, getTranslations } from 'next-intl/server'
import { ProductCover } from '@/components/product-cover'
import { PageHeader } from '@/components/page-header'
import { EmptyState } from '@/components/ui/empty-state'
import { Link } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { listCategoryChoices } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { localText } from '../../../_console/local'
import { type SearchParams, wordsParam } from '../../../_console/params'
import { ProductForm } from '../_components/product-form'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.product'))('newTitle') }
}

/** Category first, because it decides what has to be stated; then the form. */
export default async function NewProductPage({ searchParams }: { searchParams: SearchParams }) {
  await requireMerchantUser()
  const chosen = wordsParam.parse((await searchParams).category)
  const categories = await listCategoryChoices(db())
  const category = categories.find(({ slug }) => slug === chosen)
  const [t, locale] = [await getTranslations('merchant.product'), await getLocale()]
  if (category) {
    return (
      <>
        <PageHeader
          title={t('newIn', { category: localText(locale, category.nameZh, category.nameEn) })}
          back={{ href: '/merchant/products/new', label: t('otherCategory') }}
        />
        <ProductForm category={category} />
      </>
    )
  }
  return (
    <>
      <PageHeader title={t('newTitle')} back={{ href: '/merchant/products', label: t('list') }}>
        {t('chooseCategory')}
      </PageHeader>
      {categories.length === 0 ? (
        <EmptyState title={t('noCategory')}>{t('noCategoryText')}</EmptyState>
      ) : (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
          {categories.map((choice) => (
            <li key={choice.id}>
              <Link
                href={`/merchant/products/new?category=${choice.slug}`}
                className="block h-full overflow-hidden rounded-lg border border-line bg-surface hover:border-line-strong"
              >
                <ProductCover glyph={choice.glyph} headline={localText(locale, choice.nameZh, choice.nameEn)} />
                <span className="block px-3.5 py-3">
                  <span className="block font-medium">{localText(locale, choice.nameZh, choice.nameEn)}</span>
                  <span className="block text-sm text-ink-soft">
                    {choice.needsDownloadAddress
                      ? t('needsAddress')
                      : t('states', { count: choice.attributeTemplate.length })}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
