import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { ClientMessages } from '@/components/client-messages'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findVariantStock, listRecentImports } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { Figure, Figures } from '../../../_console/facts'
import { ListFoot } from '../../../_console/list-foot'
import { localText } from '../../../_console/local'
import { type SearchParams, hrefWith, pageParam, requireId } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { BatchTable } from '../_components/batch-table'
import { UploadForm } from '../_components/upload-form'
import { RecentImports } from '../imports/_components/recent-imports'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.stock'))('title') }
}

export default async function VariantStockPage({
  params,
  searchParams,
}: {
  params: Promise<{ variantId: string }>
  searchParams: SearchParams
}) {
  const { merchantId } = await requireMerchantUser()
  const variantId = requireId((await params).variantId)
  const page = pageParam.parse((await searchParams).page)
  const { variant, batches } = (await findVariantStock(db(), merchantId, variantId, page)) ?? notFound()
  const imports = await listRecentImports(db(), merchantId, variantId)
  const [t, s, locale] = [
    await getTranslations('merchant.stock'),
    await getTranslations('console.cdk'),
    await getLocale(),
  ]
  const path = `/merchant/stock/${variantId}`
  return (
    <>
      <PageHeader
        title={localText(locale, variant.nameZh, variant.nameEn)}
        back={{ href: '/merchant/stock', label: t('title') }}
      >
        <TextLink href={`/merchant/products/${variant.productId}`}>
          {localText(locale, variant.titleZh, variant.titleEn)}
        </TextLink>
      </PageHeader>
      <div className="grid gap-5">
        <Figures>
          <Figure name={s('AVAILABLE')} note={t('availableNote')}>
            {variant.available}
          </Figure>
          <Figure name={s('RESERVED')} note={t('reservedNote')}>
            {variant.reserved}
          </Figure>
          <Figure name={s('DELIVERED')} note={t('deliveredNote')}>
            {variant.delivered}
          </Figure>
          <Figure name={s('RETIRED')} note={t('retiredNote')}>
            {variant.retired}
          </Figure>
        </Figures>
        <Card title={t('uploadTitle')}>
          {variant.byHand ? (
            <p className="text-ink-soft">{t('byHand')}</p>
          ) : (
            <ClientMessages namespaces={['upload']}>
              <UploadForm variantId={variantId} />
            </ClientMessages>
          )}
        </Card>
        <RecentImports rows={imports} ofOne />
        <Card title={t('batches')} flush>
          <BatchTable batches={batches.rows} />
        </Card>
        <ListFoot page={batches} hrefOf={(to) => hrefWith(path, { page: to })} />
      </div>
    </>
  )
}
