import { CircleCheck, CircleX } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findAdminOrder } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { OrderBadge } from '../../../_console/badges'
import { CdkChains } from '../../../_console/cdk-chains'
import { CdkTable } from '../../../_console/cdk-table'
import { CopyId } from '../../../_console/copy-id'
import { EventList } from '../../../_console/event-list'
import { Fact, Facts } from '../../../_console/facts'
import { localText } from '../../../_console/local'
import { OrderStrip } from '../../../_console/order-strip'
import { type SearchParams, requireId } from '../../../_console/params'
import { ProofLink } from '../../../_console/proof-link'
import { SnapshotFacts } from '../../../_console/snapshot-facts'
import { TextLink } from '../../../_console/text-link'
import { ActionLog } from '../../_components/action-log'
import { OrderLinks } from '../../_components/cells'
import { DecisionFacts } from '../../_components/decision-facts'
import { LegTable } from '../../_components/leg-table'
import { OrderPrice } from '../../_components/order-price'
import { CallbackTable, CaptureTable } from '../../_components/order-tables'
import { RefundOrderForm } from '../../_components/refund-order-form'
import { TransferCard } from '../../_components/transfer-table'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.orders'))('title') }
}

interface Props {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}

export default async function OrderPage({ params, searchParams }: Props) {
  await requireOperator()
  const found = (await findAdminOrder(db(), requireId((await params).id))) ?? notFound()
  const { order, snapshot, computedHash, money, events, transfers, actions } = found
  const [t, c, d, locale] = [
    await getTranslations('admin.order'),
    await getTranslations('console.column'),
    await getTranslations('console.dispute'),
    await getLocale(),
  ]
  const p = await getTranslations('provenance.timeline')
  const { proof } = await searchParams
  const sound = computedHash === order.snapshotHash
  const refundable =
    ['AWAITING_DELIVERY', 'DELIVERED', 'CONFIRMED'].includes(order.status) &&
    order.refundedMinor < order.totalMinor &&
    order.frozenAt === null
  const loose = order.refunds.filter(({ orderRefundId }) => orderRefundId === null)
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
        {order.frozenAt && (
          <Notice kind="warn" title={t('frozen')}>
            {t('frozenText')} <DateTime at={order.frozenAt} />{' '}
            {order.disputes.map(({ id, state }) => (
              <TextLink key={id} href={`/admin/disputes/${id}`}>
                {d(state)}
              </TextLink>
            ))}
          </Notice>
        )}
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
              <OrderPrice order={order} />
              <Fact term={t('buyer')}>
                {order.email} <span className="text-sm text-ink-soft">({t(order.buyerId ? 'account' : 'guest')})</span>
              </Fact>
              <Fact term={t('provider')}>
                {order.provider} {order.providerRef && <CopyId id={order.providerRef} what={t('provider')} />}
              </Fact>
              <Fact term={t('checkout')}>
                <CopyId id={order.checkoutId} what={t('checkout')} />
                {order.siblings.length > 0 && (
                  <span className="block text-sm">
                    {t('siblings')} <OrderLinks orders={order.siblings} />
                  </span>
                )}
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
        {order.decisions.map((decision) => (
          <Card key={decision.id} title={t('decision')}>
            <DecisionFacts decision={decision} />
            <div className="-mx-4 mt-3 sm:-mx-5">
              <LegTable legs={order.refunds.filter(({ orderRefundId }) => orderRefundId === decision.id)} />
            </div>
          </Card>
        ))}
        {loose.length > 0 && (
          <Card title={t('refunds')} flush>
            <LegTable legs={loose} />
          </Card>
        )}
        <TransferCard transfers={transfers} />
        <Card title={t('callbacks')} flush>
          <CallbackTable callbacks={order.callbacks} />
        </Card>
        <Card title={t('cdks')} flush>
          <CdkTable cdks={order.cdks} />
        </Card>
        {order.cdks.length > 0 && (
          <Card title={p('title')}>
            <CdkChains cdks={order.cdks} />
            <ProofLink href={`/api/admin/orders/${order.id}/proof?locale=${locale}`} answer={proof} />
          </Card>
        )}
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
        {refundable && (
          <Card title={t('refund')}>
            <RefundOrderForm order={order} />
          </Card>
        )}
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
