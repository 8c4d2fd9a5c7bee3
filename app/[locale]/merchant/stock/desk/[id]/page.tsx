import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findDeskCdk } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { CdkBadge } from '../../../../_console/badges'
import { ChainEvents } from '../../../../_console/cdk-chains'
import { CopyId } from '../../../../_console/copy-id'
import { Fact, Facts } from '../../../../_console/facts'
import { localText } from '../../../../_console/local'
import { type SearchParams, hrefWith, requireId } from '../../../../_console/params'
import { ProofLink } from '../../../../_console/proof-link'
import { TextLink } from '../../../../_console/text-link'
import { DESK } from '../desk-query'

export async function generateMetadata() {
  return { title: (await getTranslations('desk'))('cdk.title') }
}

/** One CDK: what it is, where it stands, and everything that ever happened to it. */
export default async function DeskCdkPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  const { merchantId } = await requireMerchantUser()
  const id = requireId((await params).id)
  const cdk = (await findDeskCdk(db(), merchantId, id)) ?? notFound()
  const [t, locale] = [await getTranslations('desk'), await getLocale()]
  const now = new Date()
  const cost = cdk.costMinor ?? cdk.batchCostMinor
  return (
    <>
      <PageHeader title={t('cdk.title')} back={{ href: DESK, label: t('title') }}>
        <TextLink href={`/merchant/products/${cdk.productId}`}>{localText(locale, cdk.titleZh, cdk.titleEn)}</TextLink>
      </PageHeader>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title={t('cdk.facts')}>
          <Facts>
            <Fact term={t('cdk.id')}>
              <CopyId id={cdk.id} what={t('cdk.id')} whole />
            </Fact>
            <Fact term={t('column.state')}>
              <span className="inline-flex flex-wrap gap-1">
                <CdkBadge state={cdk.state} />
                {cdk.exportId && <Badge tone="neutral">{t('exported')}</Badge>}
              </span>
            </Fact>
            <Fact term={t('column.variant')}>
              <TextLink href={`/merchant/stock/${cdk.variantId}`}>{localText(locale, cdk.nameZh, cdk.nameEn)}</TextLink>
            </Fact>
            <Fact term={t('filter.batch')}>
              <TextLink href={hrefWith(DESK, { batch: cdk.batchId })}>
                {cdk.fileName ?? t('cdk.batchOf')} <DateTime at={cdk.uploadedAt} />
              </TextLink>{' '}
              {cdk.batchFrozen && <Badge tone="danger">{t('cdk.batchFrozen')}</Badge>}
              {cdk.batchRetired && <Badge tone="neutral">{t('cdk.batchRetired')}</Badge>}
            </Fact>
            <Fact term={t('column.expiresAt')}>
              {cdk.expiresAt ? <DateTime at={cdk.expiresAt} /> : t('cdk.never')}{' '}
              {cdk.expiresAt && cdk.expiresAt <= now && <Badge tone="danger">{t('expired')}</Badge>}
            </Fact>
            {cdk.expiresAt && (
              <Fact term={t('cdk.sellBy')}>
                <DateTime at={cdk.sellBy} />
              </Fact>
            )}
            <Fact term={t('cdk.cost')}>{cost === null ? '–' : <Money minor={cost} />}</Fact>
            <Fact term={t('column.note')}>{cdk.note ?? '–'}</Fact>
            <Fact term={t('column.order')}>
              {cdk.orderId ? (
                <TextLink href={`/merchant/orders/${cdk.orderId}`}>{cdk.orderNumber}</TextLink>
              ) : (
                t('cdk.noOrder')
              )}
            </Fact>
            {cdk.deliveredAt && (
              <Fact term={t('cdk.deliveredAt')}>
                <DateTime at={cdk.deliveredAt} style="second" />
              </Fact>
            )}
            {cdk.revealedAt && (
              <Fact term={t('cdk.revealedAt')}>
                <DateTime at={cdk.revealedAt} style="second" />
              </Fact>
            )}
          </Facts>
        </Card>
        <Card title={t('cdk.history')}>
          <ChainEvents chain={cdk.chain} />
          <ProofLink href={`/api/merchant/cdks/${cdk.id}/proof?locale=${locale}`} answer={(await searchParams).proof} />
        </Card>
      </div>
    </>
  )
}
