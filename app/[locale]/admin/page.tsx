import { getTranslations } from 'next-intl/server'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { DAY_MS, MINUTE_MS } from '@/lib/kernel/time'
import { findAdminStart } from '@/lib/queries/admin'
import { openDifferences } from '@/lib/queries/admin/reconciliation'
import { requireOperator } from '@/lib/web/session'
import { Figure, Figures } from '../_console/facts'
import { TextLink } from '../_console/text-link'
import { BooksEquation } from './_components/books-equation'
import { QueueList } from './_components/queue-list'

/** The sweeper runs every few seconds; what is due for longer has been missed. */
const LATE_MS = 2 * MINUTE_MS

export default async function AdminStart() {
  await requireOperator()
  const now = Date.now()
  const { health, books } = await findAdminStart(db(), new Date(now - DAY_MS), new Date(now - LATE_MS))
  const differences = await openDifferences(db(), null, new Date(now))
  const [t, s] = [await getTranslations('admin.start'), await getTranslations('console.order')]
  const ordersAt = (status: OrderStatus) => health.orders.find((row) => row.status === status)?.count ?? 0
  return (
    <>
      <PageHeader title={t('title')} />
      <div className="grid gap-5">
        <Card title={t('queues')} flush>
          <QueueList
            health={health}
            differences={{ count: differences.length, oldestAt: differences[0]?.at ?? null }}
          />
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
