import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { CaseHeader } from '@/components/case/case-header'
import { CaseMoney } from '@/components/case/case-money'
import { CaseRulings } from '@/components/case/case-rulings'
import { CaseTimeline } from '@/components/case/case-timeline'
import { CaseUnits } from '@/components/case/case-units'
import { EvidenceViewer } from '@/components/case/evidence-viewer'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { seatsOf } from '@/lib/domain/arbitration'
import { db } from '@/lib/infra/db'
import { findAdminComplaint } from '@/lib/queries/admin'
import { findDeliveredFile } from '@/lib/queries/arbitration'
import { findCase } from '@/lib/queries/case'
import { selectOrderEvents } from '@/lib/queries/order-events'
import { requireOperator } from '@/lib/web/session'
import { Fact, Facts } from '../../../_console/facts'
import { requireId } from '../../../_console/params'
import { SnapshotFacts } from '../../../_console/snapshot-facts'
import { TextLink } from '../../../_console/text-link'
import { CasePath } from '../../../arbitration/_components/case-path'
import { CdkLives, SnapshotAgainstDelivery } from '../../../arbitration/_components/delivered'
import { ActionLog } from '../../_components/action-log'
import { ReassignForm } from '../_components/reassign-form'

export async function generateMetadata() {
  return { title: (await getTranslations('adminComplaints'))('case') }
}

/** The whole case, to be read; an operator rules nothing. */
export default async function ComplaintPage({ params }: { params: Promise<{ id: string }> }) {
  await requireOperator()
  const id = requireId((await params).id)
  const { people, actions } = (await findAdminComplaint(db(), id)) ?? notFound()
  const view = (await findCase(db(), id, 'STAFF')) ?? notFound()
  const file = (await findDeliveredFile(db(), id)) ?? notFound()
  const events = await selectOrderEvents(db(), view.merchantId, view.order.id)
  const [t, c] = [await getTranslations('adminComplaints'), await getTranslations('console.column')]
  const seats = seatsOf({ ...view, secondId: people.secondId })
  return (
    <>
      <CaseHeader view={view} back={{ href: '/admin/complaints', label: t('title') }} />
      <div className="mt-5 grid gap-5">
        <Notice kind="info" title={t('page.readOnly')} />
        <CaseMoney view={view} />
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <div className="grid gap-5">
            <Card title={t('page.parties')}>
              <Facts>
                <Fact term={t('page.merchant')}>
                  <TextLink href={`/admin/merchants/${view.merchantId}`}>{people.merchant}</TextLink>
                </Fact>
                <Fact term={t('page.buyer')}>{people.buyer}</Fact>
                <Fact term={c('order')}>
                  <TextLink href={`/admin/orders/${view.order.id}`}>{view.order.number}</TextLink>
                </Fact>
                <Fact term={t('page.FIRST')}>{people.first ?? t('page.nobody')}</Fact>
                <Fact term={t('page.SECOND')}>{people.second ?? t('page.nobody')}</Fact>
                <Fact term={t('page.APPEAL')}>{people.appeal ?? t('page.nobody')}</Fact>
              </Facts>
            </Card>
            {seats.length > 0 && (
              <Card title={t('page.reassign')}>
                <ReassignForm complaintId={id} seats={seats} />
              </Card>
            )}
            <CasePath view={view} events={events} />
            <CaseUnits view={view} />
            <SnapshotAgainstDelivery view={view} file={file} />
            <CdkLives view={view} file={file} />
            <SnapshotFacts snapshot={view.order.snapshot} hash={view.order.snapshotHash} />
          </div>
          <div className="grid gap-5">
            <CaseRulings view={view} />
            <Card title={t('page.evidence')}>
              <EvidenceViewer files={view.files.map((one) => ({ ...one, at: one.readyAt }))} />
            </Card>
            <CaseTimeline view={view} />
            <ActionLog actions={actions} />
          </div>
        </div>
      </div>
    </>
  )
}
