import { CircleCheck, CircleX } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { db } from '@/lib/infra/db'
import { findAdminOrder } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { OrderBadge } from '../../../_console/badges'
import { CdkTable } from '../../../_console/cdk-table'
import { CopyId } from '../../../_console/copy-id'
import { EventList } from '../../../_console/event-list'
import { Fact, Facts } from '../../../_console/facts'
import { localText } from '../../../_console/local'
import { OrderStrip } from '../../../_console/order-strip'
import { requireId } from '../../../_console/params'
import { RefundForm } from '../../../_console/refund-form'
import { RefundTable } from '../../../_console/refund-table'
import { SnapshotFacts } from '../../../_console/snapshot-facts'
import { TextLink } from '../../../_console/text-link'
import { CallbackTable, CaptureTable, TransferTable } from '../../_components/order-tables'
import { refundOrderAction } from '../actions'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.orders'))('title') }
}

export default async function OrderPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const found = (await findAdminOrder(db(), requireId((await params).id))) ?? notFound()
  const { order, snapshot, computedHash, money, events, transfers } = found
  const [t, c, locale] = [
    await getTranslations('admin.order'),
    await getTranslations('console.column'),
    await getLocale(),
  ]
  const sound = computedHash === order.snapshotHash
  return (
    <>
      <PageHeader
        title={<span className="tabular-nums">{t('title', { number: order.number })}</span>}
        back={{ href: '/admin/orders', label: t('list') }}
        action={
          <span className="flex items-center gap-2">
            <OrderBadge status={order.status} />
            <CopyButton text={order.number} what={c('order')} />
          </span>
        }
      />
      <div className="grid gap-5">
        <OrderStrip order={order} money={money} reader="operator" />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <Facts>
              <Fact term={c('merchant')}>
                <TextLink href={`/admin/merchants/${order.merchantId}`}>{order.merchant}</TextLink>
              </Fact>
              <Fact term={c('product')}>
                {localText(locale, snapshot.product.titleZh, snapshot.product.titleEn)} ·{' '}
                {localText(locale, snapshot.variant.nameZh, snapshot.variant.nameEn)}
              </Fact>
              <Fact term={c('total')}>
                {order.quantity} × <Money minor={snapshot.price.unitPriceMinor} /> ={' '}
                <Money minor={order.totalMinor} className="font-semibold" />
              </Fact>
              <Fact term={c('fee')}>
                <Money minor={order.feeMinor} />
              </Fact>
              <Fact term={t('buyer')}>
                {order.email} <span className="text-sm text-ink-soft">({t(order.buyerId ? 'account' : 'guest')})</span>
              </Fact>
              <Fact term={t('provider')}>
                {order.provider} {order.providerRef && <CopyId id={order.providerRef} what={t('provider')} />}
              </Fact>
              <Fact term={t('checkout')}>
                <CopyId id={order.checkoutId} what={t('checkout')} />
              </Fact>
              <Fact term={t('orderId')}>
                <CopyId id={order.id} what={t('orderId')} />
              </Fact>
              <Fact term={c('placedAt')}>
                <DateTime at={order.placedAt} style="second" />
              </Fact>
              {order.closedAt && (
                <Fact term={c('closedAt')}>
                  <DateTime at={order.closedAt} style="second" />
                </Fact>
              )}
            </Facts>
          </Card>
          <Card title={t('events')}>
            <EventList events={events} />
          </Card>
        </div>
        <Card title={t('payments')} flush>
          <CaptureTable payments={order.payments} />
        </Card>
        {order.refunds.length > 0 && (
          <Card title={t('refunds')} flush>
            <RefundTable refunds={order.refunds} />
          </Card>
        )}
        <Card title={t('transfers')} flush>
          <TransferTable transfers={transfers} />
        </Card>
        <Card title={t('callbacks')} flush>
          <CallbackTable callbacks={order.callbacks} />
        </Card>
        <Card title={t('cdks')} flush>
          <CdkTable cdks={order.cdks} />
        </Card>
        <SnapshotFacts
          snapshot={snapshot}
          hash={order.snapshotHash}
          check={
            <span className={`flex items-center gap-1.5 font-medium ${sound ? 'text-jade' : 'text-danger'}`}>
              {sound ? <CircleCheck aria-hidden className="size-5" /> : <CircleX aria-hidden className="size-5" />}
              {t(sound ? 'hashSound' : 'hashBroken')}
            </span>
          }
        />
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
