import { ReceiptText } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { TextLink } from '@/components/text-link'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { Link } from '@/i18n/navigation'
import { db } from '@/lib/infra/db'
import { listBuyerOrders, type BuyerOrder } from '@/lib/queries/order'
import { requireBuyer } from '@/lib/web/session'
import { SubmitButton } from '@/components/ui/submit-button'
import { pageParam } from '../../../_console/params'
import { AccountTabs } from '../_components/account-tabs'
import { OrderStatusBadge } from '../../orders/_components/order-status-badge'
import { signOutAction } from '../../sign-out/actions'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('order.list')
  return { title: t('title'), robots: { index: false } }
}

export default async function AccountOrdersPage({ searchParams }: PageProps<'/[locale]/account/orders'>) {
  const user = await requireBuyer()
  const asked = pageParam.parse((await searchParams).page)
  const { rows: orders, page, pages } = await listBuyerOrders(db(), user.id, asked)
  const t = await getTranslations('order.list')
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t('title')} action={<SignOut />}>
        <p>{user.email}</p>
      </PageHeader>
      <AccountTabs current="orders" />
      {orders.length === 0 ? (
        <EmptyState icon={<ReceiptText />} title={t('empty')} action={<ButtonLink href="/">{t('browse')}</ButtonLink>}>
          {t('emptyBody')} <TextLink href="/lookup">{t('lookup')}</TextLink>
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
          {orders.map((order) => (
            <OrderRow key={order.number} order={order} />
          ))}
        </ul>
      )}
      <Pagination page={page} pages={pages} hrefOf={(to) => `/account/orders?page=${to}`} />
    </div>
  )
}

async function SignOut() {
  const t = await getTranslations('auth.signOut')
  return (
    <form action={signOutAction}>
      <SubmitButton variant="secondary" size="sm">
        {t('submit')}
      </SubmitButton>
    </form>
  )
}

async function OrderRow({ order }: { order: BuyerOrder }) {
  const [t, d] = [await getTranslations('order.list'), await getTranslations('delivery.order')]
  const english = (await getLocale()) === 'en'
  const variant = (english && order.variantEn) || order.variantZh
  return (
    <li className="relative grid gap-x-4 gap-y-1 px-4 py-3.5 hover:bg-sunken sm:grid-cols-[1fr_auto] sm:px-5">
      <Link href={`/orders/${order.number}`} className="min-w-0 font-medium after:absolute after:inset-0">
        {(english && order.titleEn) || order.titleZh}
        <span className="block text-sm font-normal text-ink-soft">
          {variant} · {t('quantity', { count: order.quantity })} · {order.merchantName}
        </span>
      </Link>
      <div className="flex items-center justify-between gap-3 sm:flex-col sm:items-end">
        <Money minor={order.totalMinor} currency={order.currency} className="font-semibold" />
        <OrderStatusBadge status={order.status} />
      </div>
      <p className="flex flex-wrap gap-x-3 text-sm text-ink-soft sm:col-span-2">
        <span className="font-mono text-[0.8125rem]">{order.number}</span>
        <DateTime at={order.placedAt} />
        {order.dueAt && (
          <span>
            {order.status === 'AWAITING_DELIVERY'
              ? d('deliverBy')
              : t(order.status === 'DELIVERED' ? 'confirmBy' : 'payBy')}{' '}
            <DateTime at={order.dueAt} />
          </span>
        )}
      </p>
    </li>
  )
}
