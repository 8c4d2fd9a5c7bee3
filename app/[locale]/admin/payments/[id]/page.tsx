import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findAdminPayment } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { DisputeBadge, UseBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { Fact, Facts } from '../../../_console/facts'
import { requireId } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { ActionLog } from '../../_components/action-log'
import { OrderLinks } from '../../_components/cells'
import { LegTable } from '../../_components/leg-table'
import { SendBackForm } from '../../_components/send-back-form'
import { TransferCard } from '../../_components/transfer-table'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payments'))('one') }
}

export default async function PaymentPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const { payment, transfers, actions } = (await findAdminPayment(db(), requireId((await params).id))) ?? notFound()
  const [t, c] = [await getTranslations('admin.payments'), await getTranslations('console.column')]
  const { currency, suspenseMinor } = payment
  const waits = payment.use === 'UNKNOWN' && suspenseMinor > 0
  const disputed = payment.disputes.some(({ state }) => state === 'NEEDS_RESPONSE' || state === 'UNDER_REVIEW')
  return (
    <>
      <PageHeader
        title={
          <>
            {t('one')} <Money minor={payment.amountMinor} currency={currency} />
          </>
        }
        back={{ href: '/admin/payments', label: t('title') }}
        action={<UseBadge use={payment.use} />}
      />
      <div className="grid gap-5">
        {waits && (
          <Card title={t('decide')}>
            {disputed ? (
              <Notice kind="warn" title={t('disputed')}>
                {t('disputedText')}
              </Notice>
            ) : (
              <SendBackForm paymentId={payment.id} amountMinor={suspenseMinor} currency={currency} />
            )}
          </Card>
        )}
        <Card title={t('facts')}>
          <Facts>
            <Fact term={c('amount')}>
              <Money minor={payment.amountMinor} currency={currency} className="font-semibold" />
            </Fact>
            <Fact term={c('refunded')}>
              <Money minor={payment.refundedMinor} currency={currency} />
            </Fact>
            {suspenseMinor > 0 && (
              <Fact term={t('inSuspense')}>
                <Money minor={suspenseMinor} currency={currency} />
              </Fact>
            )}
            <Fact term={c('order')}>
              {payment.purpose === 'TOP_UP' ? t('topUp') : <OrderLinks orders={payment.orders} />}
            </Fact>
            <Fact term={t('payer')}>{payment.email ?? t('payerUnknown')}</Fact>
            <Fact term={c('provider')}>{payment.provider}</Fact>
            <Fact term={c('capture')}>
              <CopyId id={payment.captureRef} what={c('capture')} whole />
            </Fact>
            {payment.checkoutId && (
              <Fact term={t('checkout')}>
                <CopyId id={payment.checkoutId} what={t('checkout')} />
              </Fact>
            )}
            <Fact term={c('capturedAt')}>
              <DateTime at={payment.capturedAt} style="second" />
            </Fact>
            <Fact term={c('recordedAt')}>
              <DateTime at={payment.recordedAt} style="second" />
            </Fact>
            {payment.disputes.map((dispute) => (
              <Fact key={dispute.id} term={t('dispute')}>
                <TextLink href={`/admin/disputes/${dispute.id}`}>
                  <Money minor={dispute.amountMinor} currency={currency} />
                </TextLink>{' '}
                <DisputeBadge state={dispute.state} />
              </Fact>
            ))}
          </Facts>
        </Card>
        {payment.refunds.length > 0 && (
          <Card title={t('refunds')} flush>
            <LegTable legs={payment.refunds} />
          </Card>
        )}
        <TransferCard transfers={transfers} />
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
