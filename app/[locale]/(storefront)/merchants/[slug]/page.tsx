import type { Metadata } from 'next'
import { PackageOpen } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { Pagination } from '@/components/ui/pagination'
import { readFilters, writeFilters } from '@/lib/queries/storefront'
import { MerchantFacts } from '@/app/[locale]/(storefront)/_components/merchant-facts'
import { MerchantRecordFacts } from '@/app/[locale]/(storefront)/_components/merchant-record'
import { ProductGrid } from '@/app/[locale]/(storefront)/_components/product-grid'
import { merchantList } from '@/app/[locale]/(storefront)/_components/reads'
import { SectionHead } from '@/app/[locale]/(storefront)/_components/section-head'
import { pageMetadata } from '@/app/[locale]/(storefront)/_components/seo'
import { wholeMoney } from '@/app/[locale]/(storefront)/_components/whole-money'

type Props = PageProps<'/[locale]/merchants/[slug]'>

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { merchant } = await requireMerchant(props)
  const { slug, name, legalName, depositMinor } = merchant
  const t = await getTranslations('storefront.merchant')
  const locale = await getLocale()
  const description = t('metaDescription', { name, legalName, deposit: wholeMoney(depositMinor, 'CNY', locale) })
  return pageMetadata({ title: name, description, path: `/merchants/${slug}`, locale })
}

export default async function MerchantPage(props: Props) {
  const { merchant: found, list, filters } = await requireMerchant(props)
  const t = await getTranslations('storefront')
  const path = `/merchants/${found.slug}`
  return (
    <>
      <PageHeader title={found.name} />
      <div className="grid gap-8">
        {!found.selling && (
          <Notice kind="warn" title={t('merchant.pausedTitle')}>
            {t('merchant.pausedBody')}
          </Notice>
        )}
        <Card>
          <MerchantFacts merchant={found} />
          <MerchantRecordFacts merchant={found} heading="h2" />
        </Card>
        <section>
          <SectionHead title={t('merchant.products')} hint={t('list.total', { count: list.total })} />
          {list.cards.length > 0 ? (
            <ProductGrid cards={list.cards} heading="h3" />
          ) : (
            <EmptyState icon={<PackageOpen />} title={t('merchant.noProducts')} />
          )}
          <Pagination
            page={Math.min(filters.page, list.pages)}
            pages={list.pages}
            hrefOf={(page) => path + writeFilters({ ...filters, page })}
          />
        </section>
      </div>
    </>
  )
}

/** The merchant and the asked page of what it sells, read together. */
async function requireMerchant({ params, searchParams }: Props) {
  const filters = readFilters({ page: (await searchParams).page })
  const list = await merchantList(await getLocale(), (await params).slug, filters.page)
  return { merchant: list.merchant ?? notFound(), list, filters }
}
