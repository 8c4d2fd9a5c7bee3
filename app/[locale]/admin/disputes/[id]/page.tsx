import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { handsInAt } from '@/lib/domain/disputes'
import { db } from '@/lib/infra/db'
import { findAdminDispute } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { DisputeBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { Fact, Facts } from '../../../_console/facts'
import { requireId } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { ActionLog } from '../../_components/action-log'
import { DisputedOrders } from '../../_components/disputed-orders'
import { EvidenceFacts, EvidenceForm, HandInForm } from '../../_components/evidence-forms'
import { TransferCard } from '../../_components/transfer-table'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.disputes'))('one') }
}

export default async function DisputePage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const { dispute, transfers, actions } = (await findAdminDispute(db(), requireId((await params).id))) ?? notFound()
  const [t, c] = [await getTranslations('admin.disputes'), await getTranslations('console.column')]
  const { currency, evidenceDueAt } = dispute
  const staged = dispute.state === 'NEEDS_RESPONSE' && dispute.submittedAt === null
  const byItself = handsInAt(evidenceDueAt)
  return (
    <>
      <PageHeader
        title={
          <>
            {t('one')} <Money minor={dispute.amountMinor} currency={currency} />
          </>
        }
        back={{ href: '/admin/disputes', label: t('title') }}
        action={<DisputeBadge state={dispute.state} />}
      />
      <div className="grid gap-5">
        {staged && evidenceDueAt && (
          <Notice kind="warn" title={<Countdown to={evidenceDueAt} over={t('over')} className="tabular-nums" />}>
            {t('deadlineText')} <DateTime at={evidenceDueAt} />
            {byItself && (
              <>
                {' '}
                · {t('byItself')} <DateTime at={byItself} />
              </>
            )}
          </Notice>
        )}
        {(dispute.state === 'WON' || dispute.state === 'LOST') && (
          <Notice kind={dispute.state === 'WON' ? 'success' : 'danger'} title={t(`verdict.${dispute.state}`)}>
            {t(`verdictText.${dispute.state}`)}
          </Notice>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <Facts>
              <Fact term={c('reason')}>{dispute.reason}</Fact>
              <Fact term={t('payment')}>
                <TextLink href={`/admin/payments/${dispute.paymentId}`}>
                  <Money minor={dispute.capturedMinor} currency={currency} />
                </TextLink>{' '}
                · <DateTime at={dispute.capturedAt} />
              </Fact>
              <Fact term={c('provider')}>
                {dispute.provider} <CopyId id={dispute.disputeRef} what={t('disputeRef')} />
              </Fact>
              <Fact term={t('openedAt')}>
                <DateTime at={dispute.openedAt} style="second" />
              </Fact>
              {dispute.submittedAt && (
                <Fact term={t('submittedAt')}>
                  <DateTime at={dispute.submittedAt} style="second" /> · {dispute.submittedBy ?? t('clock')}
                </Fact>
              )}
              {dispute.closedAt && (
                <Fact term={t('closedAt')}>
                  <DateTime at={dispute.closedAt} style="second" />
                </Fact>
              )}
              {dispute.dueAt && (
                <Fact term={c('dueAt')}>
                  <DateTime at={dispute.dueAt} style="second" />
                </Fact>
              )}
              {dispute.lastError && (
                <Fact term={c('lastError')}>
                  <span className="text-danger">{dispute.lastError}</span>
                </Fact>
              )}
            </Facts>
          </Card>
          <Card title={t('builtFrom')}>
            <DisputedOrders orders={dispute.paid} currency={currency} />
          </Card>
        </div>
        <Card title={t(staged ? 'evidence' : 'handedInEvidence')}>
          {staged ? <EvidenceForm dispute={dispute} /> : <EvidenceFacts evidence={dispute.evidence} />}
        </Card>
        {staged && (
          <Card title={t('handIn')}>
            <HandInForm disputeId={dispute.id} />
          </Card>
        )}
        <TransferCard transfers={transfers} />
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
