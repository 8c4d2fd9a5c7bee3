import { HandCoins } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findProtectionFund } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { Figure, Figures } from '../../_console/facts'
import { type SearchParams, pageParam } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { ActionLog } from '../_components/action-log'
import { ExportLink } from '../_components/export-link'
import { ListView } from '../_components/list-table'
import { PayInForm } from '../_components/pay-in-form'

const PATH = '/admin/fund'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.fund'))('title') }
}

export default async function FundPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const fund = await findProtectionFund(db(), 'CNY', pageParam.parse((await searchParams).page))
  const [t, c, k] = [
    await getTranslations('admin.fund'),
    await getTranslations('console.column'),
    await getTranslations('console.kind'),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="receivables" />}>
        {t('text')}
      </PageHeader>
      <div className="grid gap-5">
        <Figures>
          <Figure
            name={c('balance')}
            note={<TextLink href={`/admin/ledger/accounts/${fund.accountId}`}>{t('lines')}</TextLink>}
          >
            <Money minor={fund.balanceMinor} className={fund.balanceMinor < 0 ? 'text-danger' : ''} />
          </Figure>
          <Figure name={t('debtors')}>{fund.receivables.total}</Figure>
        </Figures>
        <Card title={t('payIn')}>
          <PayInForm />
        </Card>
        <section aria-labelledby="receivables">
          <h2 id="receivables" className="mb-3 text-lg">
            {t('receivables')}
          </h2>
          <ListView
            page={fund.receivables}
            path={PATH}
            query={{}}
            caption={t('receivables')}
            icon={<HandCoins />}
            none={{ title: t('none'), text: t('noneText') }}
            columns={[
              {
                title: c('merchant'),
                lead: true,
                cell: ({ merchantId, merchant }) => (
                  <TextLink href={`/admin/merchants/${merchantId}`}>{merchant}</TextLink>
                ),
              },
              {
                title: t('owed'),
                numeric: true,
                cell: ({ id, owedMinor, currency }) => (
                  <TextLink href={`/admin/ledger/accounts/${id}`}>
                    <Money minor={owedMinor} currency={currency} />
                  </TextLink>
                ),
              },
              {
                title: k('MERCHANT_PENDING'),
                numeric: true,
                cell: ({ pendingMinor, currency }) => <Money minor={pendingMinor} currency={currency} />,
              },
              {
                title: k('MERCHANT_DEPOSIT'),
                numeric: true,
                cell: ({ depositMinor, currency }) => <Money minor={depositMinor} currency={currency} />,
              },
              { title: t('since'), cell: ({ since }) => <DateTime at={since} relative /> },
            ]}
          />
        </section>
        <ActionLog actions={fund.actions} />
      </div>
    </>
  )
}
