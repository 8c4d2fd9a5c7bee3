import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findAdminRefund } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { RefundBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { Fact, Facts } from '../../../_console/facts'
import { requireId } from '../../../_console/params'
import { ReasonText } from '../../../_console/reason-text'
import { TextLink } from '../../../_console/text-link'
import { ActionLog } from '../../_components/action-log'
import { OrderLinks, orderLink } from '../../_components/cells'
import { DecisionFacts } from '../../_components/decision-facts'
import { FailedRefundForms } from '../../_components/refund-forms'
import { TransferCard } from '../../_components/transfer-table'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.refunds'))('one') }
}

export default async function RefundPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const { refund, transfers, actions } = (await findAdminRefund(db(), requireId((await params).id))) ?? notFound()
  const [t, c, m] = [
    await getTranslations('admin.refunds'),
    await getTranslations('console.column'),
    await getTranslations('console.method'),
  ]
  return (
    <>
      <PageHeader
        title={
          <>
            {t('one')} <Money minor={refund.amountMinor} currency={refund.currency} />
          </>
        }
        back={{ href: '/admin/refunds', label: t('title') }}
        action={<RefundBadge status={refund.status} />}
      />
      <div className="grid gap-5">
        {refund.status === 'FAILED' && (
          <Card title={t('decide')}>
            <FailedRefundForms refund={refund} />
          </Card>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <Facts>
              <Fact term={c('method')}>
                {m(refund.method)} {refund.provider}
              </Fact>
              <Fact term={t('buyer')}>{refund.buyer ?? t('buyerUnknown')}</Fact>
              <Fact term={c('order')}>
                <OrderLinks orders={orderLink(refund.orderId, refund.orderNumber)} />
              </Fact>
              {refund.paymentId && (
                <Fact term={t('payment')}>
                  <TextLink href={`/admin/payments/${refund.paymentId}`}>{t('seePayment')}</TextLink>
                </Fact>
              )}
              <Fact term={c('reason')}>
                <ReasonText reason={refund.reason} />
              </Fact>
              <Fact term={c('attempts')}>{t('tries', { calls: refund.attempts, failures: refund.attempt })}</Fact>
              {refund.lastError && (
                <Fact term={c('lastError')}>
                  <span className="text-danger">{refund.lastError}</span>
                </Fact>
              )}
              <Fact term={c('providerRef')}>
                {refund.providerRef ? <CopyId id={refund.providerRef} what={c('providerRef')} whole /> : '–'}
              </Fact>
              <Fact term={c('createdAt')}>
                <DateTime at={refund.createdAt} style="second" relative={refund.settledAt === null} />
              </Fact>
              {refund.dueAt && (
                <Fact term={c('dueAt')}>
                  <DateTime at={refund.dueAt} style="second" />
                </Fact>
              )}
              {refund.settledAt && (
                <Fact term={c('settledAt')}>
                  <DateTime at={refund.settledAt} style="second" />
                </Fact>
              )}
              <Fact term={c('refund')}>
                <CopyId id={refund.id} what={c('refund')} />
              </Fact>
            </Facts>
          </Card>
          <Card title={t('decision')}>
            {refund.decision ? (
              <DecisionFacts decision={refund.decision} />
            ) : (
              <p className="text-ink-soft">{t('noDecision')}</p>
            )}
          </Card>
        </div>
        <TransferCard transfers={transfers} />
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
