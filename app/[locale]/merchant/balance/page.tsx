import { Wallet } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findMerchantStanding, listLedgerLines } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { Figure, Figures } from '../../_console/facts'
import { LedgerLineTable } from '../../_console/ledger-line-table'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../../_console/params'
import { MaturingCard } from './_components/maturing-card'

const PATH = '/merchant/balance'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.balance'))('title') }
}

export default async function BalancePage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const page = pageParam.parse((await searchParams).page)
  const standing = (await findMerchantStanding(db(), merchantId)) ?? notFound()
  const lines = await listLedgerLines(db(), merchantId, page)
  const [t, s] = [await getTranslations('merchant.balance'), await getTranslations('merchant.start')]
  return (
    <>
      <PageHeader title={t('title')} action={<ButtonLink href="/merchant/payouts">{t('payOut')}</ButtonLink>}>
        {t('intro')}
      </PageHeader>
      <div className="grid gap-5">
        {standing.owedMinor > 0 && (
          <Notice kind="warn" title={t('owedTitle')}>
            {t('owedText')}
          </Notice>
        )}
        <Figures>
          <Figure name={s('pending')} note={s('pendingNote')}>
            <Money minor={standing.pendingMinor} />
          </Figure>
          <Figure name={s('available')} note={s('availableNote')}>
            <Money minor={standing.availableMinor} />
          </Figure>
          <Figure name={s('deposit')} note={s('depositNote')}>
            <Money minor={standing.depositMinor} />
          </Figure>
          <Figure name={t('owed')} note={t('owedNote')}>
            <Money minor={standing.owedMinor} />
          </Figure>
        </Figures>
        <MaturingCard standing={standing} />
        <div>
          <Card title={t('lines')} flush>
            {lines.rows.length === 0 ? (
              <EmptyState icon={<Wallet />} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <LedgerLineTable lines={lines.rows} caption={t('lines')} ordersAt="/merchant/orders" />
            )}
          </Card>
          <ListFoot page={lines} hrefOf={(to) => hrefWith(PATH, { page: to })} />
        </div>
      </div>
    </>
  )
}
