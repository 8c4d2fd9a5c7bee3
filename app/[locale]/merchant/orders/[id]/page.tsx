import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findBearers, findMerchantOrder } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { OrderBadge } from '../../../_console/badges'
import { CdkChains } from '../../../_console/cdk-chains'
import { CdkTable } from '../../../_console/cdk-table'
import { EventList } from '../../../_console/event-list'
import { OrderStrip } from '../../../_console/order-strip'
import { type SearchParams, requireId } from '../../../_console/params'
import { ProofLink } from '../../../_console/proof-link'
import { SnapshotFacts } from '../../../_console/snapshot-facts'
import { CasesCard } from '../_components/cases-card'
import { DeliverCard } from '../_components/deliver-card'
import { MoneyCard } from '../_components/money-card'
import { RefundCard } from '../_components/refund-card'
import { RefundList } from '../_components/refund-list'
import { SaleCard } from '../_components/sale-card'

/** What a delivery that was just made, or declined, is told as. */
const DONE: ReadonlyMap<string, readonly ['card' | 'decline', 'card.doneText' | 'card.doneRest' | 'decline.doneText']> =
  new Map([
    ['delivered', ['card', 'card.doneText']],
    ['delivered-part', ['card', 'card.doneRest']],
    ['declined', ['decline', 'decline.doneText']],
  ])

interface Props {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.orders'))('title') }
}

export default async function OrderPage({ params, searchParams }: Props) {
  const { merchantId } = await requireMerchantUser()
  const found = (await findMerchantOrder(db(), merchantId, requireId((await params).id))) ?? notFound()
  const { order, money, events } = found
  const query = await searchParams
  const d = await getTranslations('delivery')
  const done = typeof query.done === 'string' ? DONE.get(query.done) : undefined
  const [t, c] = [await getTranslations('merchant.order'), await getTranslations('console.column')]
  const p = await getTranslations('provenance.timeline')
  const refundable =
    (order.status === 'DELIVERED' || order.status === 'CONFIRMED') &&
    order.refundedMinor < order.totalMinor &&
    !order.frozenAt
  const bearers = refundable && query.what !== undefined ? await findBearers(db(), merchantId, order.id) : null
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
        {query.done === 'refunded' && (
          <Notice kind="success" live title={t('refunded.title')}>
            {t('refunded.text')}
          </Notice>
        )}
        {done && (
          <Notice kind="success" live title={d(`${done[0]}.done`)}>
            {d(done[1])}
          </Notice>
        )}
        {order.frozenAt && (
          <Notice kind="warn" title={t('frozen.title')}>
            {t(order.status === 'CONFIRMED' ? 'frozen.released' : 'frozen.held')}
          </Notice>
        )}
        {order.cases.length > 0 && <CasesCard order={order} />}
        <OrderStrip order={order} money={money} reader="merchant" />
        {order.status === 'AWAITING_DELIVERY' && <DeliverCard order={order} now={new Date()} />}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <MoneyCard order={order} />
          <SaleCard order={order} />
        </div>
        <Card title={t('events')}>
          <EventList events={events} />
        </Card>
        {order.refunds.length > 0 && (
          <Card title={t('refunds')} flush>
            <RefundList order={order} />
          </Card>
        )}
        <Card title={t('cdks')} flush>
          <CdkTable cdks={order.cdks} />
        </Card>
        {order.cdks.length > 0 && (
          <Card title={p('title')}>
            <CdkChains cdks={order.cdks} />
            <ProofLink
              href={`/api/merchant/orders/${order.id}/proof?locale=${await getLocale()}`}
              answer={query.proof}
            />
          </Card>
        )}
        {refundable && <RefundCard order={order} query={query} bearers={bearers} />}
        <SnapshotFacts snapshot={order.snapshot} hash={order.snapshotHash} />
      </div>
    </>
  )
}
