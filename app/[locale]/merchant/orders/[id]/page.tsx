import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { db } from '@/lib/infra/db'
import { findMerchantOrder } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { OrderBadge } from '../../../_console/badges'
import { EventList } from '../../../_console/event-list'
import { Fact, Facts } from '../../../_console/facts'
import { localText } from '../../../_console/local'
import { OrderStrip } from '../../../_console/order-strip'
import { requireId } from '../../../_console/params'
import { RefundForm } from '../../../_console/refund-form'
import { RefundTable } from '../../../_console/refund-table'
import { SnapshotFacts } from '../../../_console/snapshot-facts'
import { TextLink } from '../../../_console/text-link'
import { CdkTable } from '../../../_console/cdk-table'
import { refundOrderAction } from '../actions'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.orders'))('title') }
}

export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  const { merchantId } = await requireMerchantUser()
  const found = (await findMerchantOrder(db(), merchantId, requireId((await params).id))) ?? notFound()
  const { order, money, events } = found
  const { snapshot } = order
  const [t, c, locale] = [
    await getTranslations('merchant.order'),
    await getTranslations('console.column'),
    await getLocale(),
  ]
  return (
    <>
      <PageHeader
        title={<span className="tabular-nums">{t('title', { number: order.number })}</span>}
        back={{ href: '/merchant/orders', label: t('list') }}
        action={
          <span className="flex items-center gap-2">
            <OrderBadge status={order.status} />
            <CopyButton text={order.number} what={c('order')} />
          </span>
        }
      />
      <div className="grid gap-5">
        <OrderStrip order={order} money={money} reader="merchant" />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('sale')}>
            <Facts>
              <Fact term={c('product')}>
                <TextLink href={`/merchant/products/${snapshot.product.id}`}>
                  {localText(locale, snapshot.product.titleZh, snapshot.product.titleEn)}
                </TextLink>
              </Fact>
              <Fact term={c('variant')}>
                <TextLink href={`/merchant/stock/${order.variantId}`}>
                  {localText(locale, snapshot.variant.nameZh, snapshot.variant.nameEn)}
                </TextLink>
              </Fact>
              <Fact term={c('quantity')}>
                {order.quantity} × <Money minor={order.unitPriceMinor} currency={order.currency} />
              </Fact>
              <Fact term={c('total')}>
                <Money minor={order.totalMinor} currency={order.currency} />
              </Fact>
              <Fact term={c('fee')}>
                <Money minor={order.feeMinor} currency={order.currency} /> ({(snapshot.price.feeBps / 100).toFixed(2)}%)
              </Fact>
              {(order.status === 'AWAITING_PAYMENT' ||
                order.status === 'DELIVERED' ||
                order.status === 'CONFIRMED') && (
                <Fact term={t('yours')}>
                  <Money
                    minor={order.totalMinor - order.feeMinor}
                    currency={order.currency}
                    className="font-semibold"
                  />
                </Fact>
              )}
              <Fact term={t('buyer')}>
                {order.buyer} <span className="block text-sm text-ink-soft">{t('buyerHint')}</span>
              </Fact>
              <Fact term={c('placedAt')}>
                <DateTime at={order.placedAt} style="second" />
              </Fact>
              {order.firstRevealedAt && (
                <Fact term={t('firstRevealed')}>
                  <DateTime at={order.firstRevealedAt} style="second" />
                </Fact>
              )}
            </Facts>
          </Card>
          <Card title={t('events')}>
            <EventList events={events} />
          </Card>
        </div>
        {order.refunds.length > 0 && (
          <Card title={t('refunds')} flush>
            <RefundTable refunds={order.refunds} />
          </Card>
        )}
        <Card title={t('cdks')} flush>
          <CdkTable cdks={order.cdks} />
        </Card>
        <SnapshotFacts snapshot={snapshot} hash={order.snapshotHash} />
        {order.status === 'DELIVERED' && (
          <Card title={t('refund')}>
            <RefundForm
              action={refundOrderAction}
              orderId={order.id}
              totalMinor={order.totalMinor}
              currency={order.currency}
            />
          </Card>
        )}
      </div>
    </>
  )
}
