import { Wallet } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listLedgerLines, selectBalances } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { Figure } from '../../_console/facts'
import { LedgerLineTable } from '../../_console/ledger-line-table'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../../_console/params'

const PATH = '/merchant/balance'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.balance'))('title') }
}

export default async function BalancePage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const page = pageParam.parse((await searchParams).page)
  const balances = await selectBalances(db(), merchantId)
  const lines = await listLedgerLines(db(), merchantId, page)
  const [t, s] = [await getTranslations('merchant.balance'), await getTranslations('merchant.start')]
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <div className="grid gap-5">
        <div className="grid gap-3 sm:grid-cols-3">
          <Figure name={s('pending')} note={s('pendingNote')}>
            <Money minor={balances.pendingMinor} />
          </Figure>
          <Figure name={s('available')} note={s('availableNote')}>
            <Money minor={balances.availableMinor} />
          </Figure>
          <Figure name={s('deposit')} note={s('depositNote')}>
            <Money minor={balances.depositMinor} />
          </Figure>
        </div>
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
