import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findOrderPage, type OrderPage } from '@/lib/queries/order'
import { currentBuyer, run } from '@/lib/web/action'
import { syncOnVisit } from '@/lib/web/sync-on-visit'
import { OrderStatusBadge } from '../_components/order-status-badge'
import { AwaitedDelivery } from './_components/awaited-delivery'
import { ClosedNotice } from './_components/closed-notice'
import { Codes } from './_components/codes'
import { Complaints } from './_components/complaints'
import { Decision } from './_components/decision'
import { FrozenCodes } from './_components/frozen-codes'
import { LiveOrder } from './_components/live-order'
import { OrderEvidence } from './_components/order-evidence'
import { OrderFacts } from './_components/order-facts'
import { OrderStrip } from './_components/order-strip'
import { type CameFrom, PaymentPanel } from './_components/payment-panel'
import { RefundList } from './_components/refund-list'
import { Siblings } from './_components/siblings'
import { Timeline } from './_components/timeline'
import { UsageGuide } from './_components/usage-guide'

export async function generateMetadata({ params }: PageProps<'/[locale]/orders/[number]'>): Promise<Metadata> {
  const { number } = await params
  const t = await getTranslations('order.page')
  return { title: t('title', { number: number.slice(0, 40) }), robots: { index: false }, referrer: 'same-origin' }
}

const CAME_FROM: readonly CameFrom[] = ['later', 'refused', 'returned']

/** One order, for the account or the browser that bought it; everybody else gets 404. */
export default async function OrderPageView({ params, searchParams }: PageProps<'/[locale]/orders/[number]'>) {
  const { number } = await params
  const { pay, proof } = await searchParams
  const now = new Date()
  const order = await readOrder(number, now)
  if (!order) notFound()
  const t = await getTranslations('order')
  const delivered = order.status === 'DELIVERED' || order.status === 'CONFIRMED'
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <div>
        <PageHeader
          title={<Title order={order} />}
          {...(order.guest ? {} : { back: { href: '/account/orders', label: t('page.back') } })}
        />
        <OrderStrip order={order} now={now} />
      </div>
      {order.status === 'AWAITING_PAYMENT' && (
        <PaymentPanel order={order} now={now} asked={CAME_FROM.find((from) => from === pay) ?? null} />
      )}
      {order.frozenAt && (
        <Notice kind="warn" title={t('frozen.title')}>
          {t('frozen.body')}
        </Notice>
      )}
      {order.status === 'AWAITING_DELIVERY' && !order.frozenAt && <AwaitedDelivery order={order} />}
      <FrozenCodes order={order} />
      <Complaints order={order} now={now} />
      <ClosedNotice order={order} />
      {order.guest && <Notice title={t('page.keepTitle')}>{t('page.keepNumber', { number: order.number })}</Notice>}
      <Siblings order={order} />
      {delivered && <Codes order={order} />}
      {delivered && <UsageGuide snapshot={order.snapshot} />}
      {order.status === 'DELIVERED' && !order.frozenAt && <Decision order={order} />}
      <RefundList refunds={order.money.refunds} />
      <OrderFacts order={order} />
      <Timeline entries={order.timeline} />
      <OrderEvidence order={order} proof={proof} />
      <LiveOrder number={order.number} version={order.version} open={isOpen(order)} />
    </div>
  )
}

async function readOrder(number: string, now: Date): Promise<OrderPage | null> {
  const { buyer } = await currentBuyer()
  const order = await findOrderPage(db(), buyer, number)
  if (!order) return null
  const { checkoutId, status, paymentOpened, placedAt: since } = order
  const unpaid = status === 'AWAITING_PAYMENT' || status === 'EXPIRED' || status === 'CANCELLED'
  if (!(await syncOnVisit(run, { checkoutId, unpaid, paymentOpened, since }, now))) return order
  return findOrderPage(db(), buyer, number)
}

/** Whether anything can still happen by itself. */
function isOpen({ status, money }: OrderPage): boolean {
  return (
    status === 'AWAITING_PAYMENT' ||
    status === 'AWAITING_DELIVERY' ||
    status === 'DELIVERED' ||
    status === 'EXPIRED' ||
    money.refunds.some(({ status: how }) => how !== 'SUCCEEDED')
  )
}

async function Title({ order }: { order: OrderPage }) {
  const t = await getTranslations('order.page')
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <span>
        <span className="block text-sm font-normal text-ink-soft">{t('number')}</span>
        <span className="font-mono text-xl break-all sm:text-2xl">{order.number}</span>
      </span>
      <CopyButton text={order.number} what={t('number')} iconOnly variant="quiet" />
      <OrderStatusBadge status={order.status} />
    </span>
  )
}
