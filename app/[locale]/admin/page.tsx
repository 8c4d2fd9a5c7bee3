import { CircleAlert, CircleCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { DAY_MS, MINUTE_MS } from '@/lib/kernel/time'
import { findAdminStart } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { Figure, Figures } from '../_console/facts'
import { TextLink } from '../_console/text-link'
import { BooksEquation } from './_components/books-equation'

/** The sweeper runs every few seconds; what is due for longer has been missed. */
const LATE_MS = 2 * MINUTE_MS

export default async function AdminStart() {
  await requireOperator()
  const now = Date.now()
  const { health, books } = await findAdminStart(db(), new Date(now - DAY_MS), new Date(now - LATE_MS))
  const [t, s] = [await getTranslations('admin.start'), await getTranslations('console.order')]
  const ordersAt = (status: OrderStatus) => health.orders.find((row) => row.status === status)?.count ?? 0
  const merchantsPending = health.merchants.find(({ status }) => status === 'PENDING')?.count ?? 0
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="grid gap-5">
        <Card title={t('queues')} flush>
          <ul className="border-t border-line">
            <Check well={health.refundsPending === 0} href="/admin/payments/refunds?status=PENDING" look={t('look')}>
              {t('refundsPending', { count: health.refundsPending })}
              {health.oldestRefundAt && (
                <span className="text-ink-soft">
                  {' '}
                  · {t('since')} <DateTime at={health.oldestRefundAt} relative />
                </span>
              )}
              {health.refundsFailing > 0 && (
                <span className="block text-sm text-danger">
                  {t('refundsFailing', { count: health.refundsFailing })}
                </span>
              )}
            </Check>
            <Check well={health.overdue === 0} href="/admin/orders?overdue=yes" look={t('look')}>
              {t('overdue', { count: health.overdue })}
              {health.oldestDueAt && (
                <span className="text-ink-soft">
                  {' '}
                  · {t('since')} <DateTime at={health.oldestDueAt} relative />
                </span>
              )}
            </Check>
            <Check well={health.unhandled === 0} href="/admin/payments?verdict=RECEIVED" look={t('look')}>
              {t('unhandled', { count: health.unhandled })}
            </Check>
            <Check well={health.rejectedToday === 0} href="/admin/payments?verdict=REJECTED" look={t('look')}>
              {t('rejectedToday', { count: health.rejectedToday })}
            </Check>
            <Check well={merchantsPending === 0} href="/admin/merchants?status=PENDING" look={t('look')}>
              {t('merchantsPending', { count: merchantsPending })}
            </Check>
          </ul>
        </Card>
        <Card title={t('books')} action={<TextLink href="/admin/ledger">{t('ledger')}</TextLink>}>
          <BooksEquation debitsMinor={books.debitsMinor} creditsMinor={books.creditsMinor} />
          <p className="mt-3 text-ink-soft">
            {t('held')} <Money minor={books.heldMinor} className="font-semibold text-ink" />
          </p>
        </Card>
        <section aria-labelledby="orders">
          <h2 id="orders" className="mb-3 text-lg">
            {t('orders')}
          </h2>
          <Figures>
            {Object.values(OrderStatus).map((status) => (
              <Figure key={status} name={<TextLink href={`/admin/orders?status=${status}`}>{s(status)}</TextLink>}>
                {ordersAt(status)}
              </Figure>
            ))}
          </Figures>
        </section>
      </div>
    </>
  )
}

function Check({ well, href, look, children }: { well: boolean; href: string; look: string; children: ReactNode }) {
  const Icon = well ? CircleCheck : CircleAlert
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0 sm:px-5">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${well ? 'text-jade' : 'text-amber'}`} />
      <span className="min-w-0 grow">{children}</span>
      <TextLink href={href} className="shrink-0 text-jade underline-offset-4 hover:underline">
        {look}
      </TextLink>
    </li>
  )
}
