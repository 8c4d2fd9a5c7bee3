import { Landmark } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { paymentProvider } from '@/lib/infra/payments'
import { findPayoutDesk, listPayouts } from '@/lib/queries/merchant'
import { run } from '@/lib/web/action'
import { requireMerchantUser } from '@/lib/web/session'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../../_console/params'
import { AccountCard } from './_components/account-card'
import { PayoutTable } from './_components/payout-table'
import { RequestCard } from './_components/request-card'
import { ScheduleCard } from './_components/schedule-card'
import { syncAccountOnVisit } from './sync-account'

const PATH = '/merchant/payouts'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.payouts'))('title') }
}

/** Where the money goes, how much of it now and how often by itself, and what became of it so far. */
export default async function PayoutsPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const { page, done } = await searchParams
  const provider = paymentProvider().name
  const before = (await findPayoutDesk(db(), merchantId, provider)) ?? notFound()
  const asked = await syncAccountOnVisit(run, before, new Date())
  const desk = (asked === 'asked' ? await findPayoutDesk(db(), merchantId, provider) : before) ?? notFound()
  const payouts = await listPayouts(db(), merchantId, pageParam.parse(page))
  const t = await getTranslations('merchant.payouts')
  // What is to be done first stands first.
  const request = <RequestCard key="request" desk={desk} />
  const account = <AccountCard key="account" account={desk.account} unavailable={asked === 'unavailable'} />
  return (
    <>
      <PageHeader title={t('title')} back={{ href: '/merchant/balance', label: t('back') }}>
        {t('intro')}
      </PageHeader>
      <div className="grid gap-5">
        {done === 'requested' && (
          <Notice kind="success" live title={t('requested.title')}>
            {t('requested.text')}
          </Notice>
        )}
        {desk.status !== 'ACTIVE' && (
          <Notice kind="warn" title={t('held.title')}>
            {t('held.text')}
          </Notice>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <div className="grid gap-5">{desk.account?.ready ? [request, account] : [account, request]}</div>
          <ScheduleCard desk={desk} />
        </div>
        <div className="min-w-0">
          <Card title={t('history')} flush>
            {payouts.rows.length === 0 ? (
              <EmptyState icon={<Landmark />} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <PayoutTable payouts={payouts.rows} />
            )}
          </Card>
          <ListFoot page={payouts} hrefOf={(to) => hrefWith(PATH, { page: to })} />
        </div>
      </div>
    </>
  )
}
