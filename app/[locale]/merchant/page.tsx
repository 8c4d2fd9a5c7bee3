import { CircleCheck } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { paymentProvider } from '@/lib/infra/payments'
import { findMerchantStart } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { Figure, Figures } from '../_console/facts'
import { TextLink } from '../_console/text-link'
import { OrderTable } from './_components/order-table'
import { ToDoList } from './_components/to-do-list'

/** First what to do, then where the money is, then what was sold last. */
export default async function MerchantStart() {
  const { merchantId } = await requireMerchantUser()
  const [t, locale] = [await getTranslations('merchant.start'), await getLocale()]
  const start = (await findMerchantStart(db(), merchantId, paymentProvider().name, new Date())) ?? notFound()
  const { watch, balances, recent } = start
  return (
    <>
      <PageHeader
        title={t('title', { name: watch.name })}
        action={<ButtonLink href="/merchant/products/new">{t('newProduct')}</ButtonLink>}
      />
      <div className="grid gap-5">
        {watch.status !== 'ACTIVE' && (
          <Notice kind="warn" title={t(`status.${watch.status}.title`)}>
            {t(`status.${watch.status}.text`)}
          </Notice>
        )}
        <Card title={t('toDo')} flush>
          <ToDoList start={start} locale={locale} />
        </Card>
        <section aria-labelledby="money">
          <h2 id="money" className="mb-3 text-lg">
            {t('money')}
          </h2>
          <Figures>
            <Figure name={t('held')} note={t('heldNote', { count: watch.inspecting })}>
              <Money minor={watch.heldMinor} />
            </Figure>
            <Figure name={t('pending')} note={t('pendingNote')}>
              <Money minor={balances.pendingMinor} />
            </Figure>
            <Figure name={t('available')} note={t('availableNote')}>
              <Money minor={balances.availableMinor} />
            </Figure>
            <Figure name={t('deposit')} note={t('depositNote')}>
              <Money minor={balances.depositMinor} />
            </Figure>
          </Figures>
        </section>
        <Card
          title={t('recent')}
          flush
          action={recent.length > 0 && <TextLink href="/merchant/orders">{t('allOrders')}</TextLink>}
        >
          {recent.length > 0 ? (
            <OrderTable orders={recent} caption={t('recent')} />
          ) : (
            <EmptyState icon={<CircleCheck />} title={t('noOrders')}>
              {t('noOrdersText')}
            </EmptyState>
          )}
        </Card>
      </div>
    </>
  )
}
