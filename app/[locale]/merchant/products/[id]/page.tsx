import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findMerchantProduct } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { ProductBadge } from '../../../_console/badges'
import { localText } from '../../../_console/local'
import { type SearchParams, choiceParam, requireId } from '../../../_console/params'
import { ProductForm } from '../_components/product-form'
import { SaleState } from '../_components/sale-state'

const DONE = choiceParam({ created: 'created', saved: 'saved', published: 'published', unlisted: 'unlisted' })

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.products'))('title') }
}

export default async function ProductPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  const { merchantId } = await requireMerchantUser()
  const product = (await findMerchantProduct(db(), merchantId, requireId((await params).id), new Date())) ?? notFound()
  const done = DONE.parse((await searchParams).done)
  const [t, locale] = [await getTranslations('merchant.product'), await getLocale()]
  return (
    <>
      <PageHeader
        title={localText(locale, product.titleZh, product.titleEn)}
        back={{ href: '/merchant/products', label: t('list') }}
        action={<ProductBadge status={product.status} />}
      />
      <div className="grid gap-5">
        {done && (
          <Notice kind="success" title={t(`done.${done}.title`)}>
            {t(`done.${done}.text`)}
          </Notice>
        )}
        <SaleState product={product} />
        <ProductForm category={product.category} product={product} />
      </div>
    </>
  )
}
