import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findAdminPayout } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { PayoutBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { Fact, Facts } from '../../../_console/facts'
import { requireId } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { TransferCard } from '../../_components/transfer-table'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payouts'))('one') }
}

export default async function PayoutPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const { payout, transfers } = (await findAdminPayout(db(), requireId((await params).id))) ?? notFound()
  const [t, c] = [await getTranslations('admin.payouts'), await getTranslations('console.column')]
  return (
    <>
      <PageHeader
        title={
          <>
            {t('one')} <Money minor={payout.amountMinor} currency={payout.currency} />
          </>
        }
        back={{ href: '/admin/payouts', label: t('title') }}
        action={<PayoutBadge status={payout.status} />}
      />
      <div className="grid gap-5">
        {payout.open && (
          <Notice kind="warn" title={t('failed')}>
            {t('failedText')}
          </Notice>
        )}
        <Card title={t('facts')}>
          <Facts>
            <Fact term={c('merchant')}>
              <TextLink href={`/admin/merchants/${payout.merchantId}`}>{payout.merchant}</TextLink>
            </Fact>
            <Fact term={c('provider')}>{payout.provider}</Fact>
            <Fact term={t('account')}>
              <CopyId id={payout.accountRef} what={t('account')} whole />
            </Fact>
            <Fact term={t('requestedBy')}>{payout.requestedBy ?? t('schedule')}</Fact>
            <Fact term={c('createdAt')}>
              <DateTime at={payout.createdAt} style="second" relative={payout.settledAt === null} />
            </Fact>
            {payout.dueAt && (
              <Fact term={c('dueAt')}>
                <DateTime at={payout.dueAt} style="second" />
              </Fact>
            )}
            {payout.settledAt && (
              <Fact term={t('settledAt')}>
                <DateTime at={payout.settledAt} style="second" />
              </Fact>
            )}
            <Fact term={c('attempts')}>{payout.attempts}</Fact>
            {payout.lastError && (
              <Fact term={c('lastError')}>
                <span className="text-danger">{payout.lastError}</span>
              </Fact>
            )}
            <Fact term={c('providerRef')}>
              {payout.transferRef ? <CopyId id={payout.transferRef} what={c('providerRef')} whole /> : '–'}
            </Fact>
            <Fact term={t('payoutId')}>
              <CopyId id={payout.id} what={t('payoutId')} />
            </Fact>
          </Facts>
        </Card>
        <TransferCard transfers={transfers} />
      </div>
    </>
  )
}
