import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { after } from 'next/server'
import { CaseHeader } from '@/components/case/case-header'
import { CaseLive } from '@/components/case/case-live'
import { CaseMoney } from '@/components/case/case-money'
import { CaseRulings } from '@/components/case/case-rulings'
import { CaseTimeline } from '@/components/case/case-timeline'
import { EvidenceUpload } from '@/components/case/evidence-upload'
import { EvidenceViewer } from '@/components/case/evidence-viewer'
import { MessageForm } from '@/components/case/message-form'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { needsSecond } from '@/lib/domain/arbitration'
import { markCaseRead, recordsOf } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { findArbitrationFile, findPrecedents, rulingEffect } from '@/lib/queries/arbitration'
import { findCase } from '@/lib/queries/case'
import { selectOrderEvents } from '@/lib/queries/order-events'
import { run } from '@/lib/web/action'
import { requireArbitrator } from '@/lib/web/session'
import { HideButton } from '../../_console/hide-button'
import { type SearchParams, requireId } from '../../_console/params'
import { SnapshotFacts } from '../../_console/snapshot-facts'
import { CasePath } from '../_components/case-path'
import { DecisionTable } from '../_components/decision-table'
import { CdkLives, SnapshotAgainstDelivery } from '../_components/delivered'
import { ProposalCard, RuleForm } from '../_components/ruling-forms'
import { Precedents, RecordsCard, StandardCard } from '../_components/standard'
import { askBuyerAction, hideAsArbitratorAction, sayAsArbitratorAction } from '../actions'
import { decisionOf } from '../decision-query'

export async function generateMetadata() {
  return { title: (await getTranslations('arbitration'))('case.title') }
}

interface Props {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}

/** The whole evidence on one page: what happened, what both sides brought, the decision. Only for whom the case was given to. */
export default async function ArbitrationCasePage({ params, searchParams }: Props) {
  const user = await requireArbitrator()
  const id = requireId((await params).id)
  const file = (await findArbitrationFile(db(), user.id, id)) ?? notFound()
  const view = (await findCase(db(), id, 'STAFF')) ?? notFound()
  const events = await selectOrderEvents(db(), view.merchantId, view.order.id)
  const precedents = await findPrecedents(db(), view.failure, id)
  const { merchantId, failure, units, order } = view
  const cdkIds = units.map(({ cdkId }) => cdkId)
  const facts = await recordsOf(db(), { order: { id: order.id, merchantId }, failure, cdkIds })
  const t = await getTranslations('arbitration.case')
  const { proposal, waits } = file
  const chosen = waits === 'RULE' ? decisionOf(view, await searchParams) : null
  const effect = chosen && effectOf(() => rulingEffect(view, file, chosen))
  const mayAsk = proposal === null && (waits === 'RULE' || waits === 'FIRST')
  after(() => run((tx) => markCaseRead(tx, { complaintId: id, side: 'STAFF' }, new Date())))
  return (
    <>
      <CaseLive complaintId={id} version={view.version} />
      <CaseHeader view={view} back={{ href: '/arbitration', label: t('back') }} />
      <div className="mt-5 grid gap-5">
        <CaseMoney view={view} />
        {waits !== null && (
          <Notice kind={waits === 'RULE' || waits === 'SIGN' ? 'warn' : 'info'} title={t(`now.${waits}`)} />
        )}
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,0.8fr)_minmax(0,1.2fr)_minmax(0,1.2fr)]">
          <div className="grid gap-5">
            <CasePath view={view} events={events} />
            <CdkLives view={view} file={file} />
          </div>
          <div className="grid gap-5">
            <SnapshotAgainstDelivery view={view} file={file} />
            <Card title={t('evidence')} className="xl:[&_ul]:grid-cols-1!">
              <div className="grid gap-5">
                <EvidenceViewer files={view.files.map((one) => ({ ...one, at: one.readyAt }))} />
                {view.state !== 'CLOSED' && <EvidenceUpload complaintId={id} kinds={[]} />}
              </div>
            </Card>
            <CaseTimeline
              view={view}
              hide={({ seq }) =>
                file.ownMessages.includes(seq) && (
                  <HideButton action={hideAsArbitratorAction} complaintId={id} seq={seq} />
                )
              }
            >
              {view.state !== 'CLOSED' && (
                <div className="grid gap-6">
                  <MessageForm action={sayAsArbitratorAction} fields={{ complaintId: id }} label={t('say')} />
                  {mayAsk && (
                    <MessageForm
                      action={askBuyerAction}
                      fields={{ complaintId: id }}
                      label={t('ask')}
                      hint={t('askHint')}
                      submit={t('askSubmit')}
                      done={t('asked')}
                    />
                  )}
                </div>
              )}
            </CaseTimeline>
            <SnapshotFacts snapshot={order.snapshot} hash={order.snapshotHash} />
          </div>
          <div className="grid gap-5">
            <StandardCard view={view} />
            <RecordsCard view={view} facts={facts} />
            <CaseRulings view={view} />
            {waits === 'RULE' && <DecisionTable view={view} file={file} chosen={chosen} />}
            {chosen && effect === null && <Notice kind="danger" title={t('notPossible')} />}
            {chosen && effect && (
              <RuleForm
                view={view}
                chosen={chosen}
                effect={effect}
                needsSecond={needsSecond({ stakeMinor: view.stakeMinor, secondId: file.secondId })}
              />
            )}
            {proposal && (waits === 'SIGN' || waits === 'SECOND') && (
              <ProposalCard
                view={view}
                proposal={proposal}
                effect={rulingEffect(view, file, proposal)}
                signs={waits === 'SIGN'}
              />
            )}
            <Precedents precedents={precedents} />
          </div>
        </div>
      </div>
    </>
  )
}

/** Null for what an appeal may not change: the form offers none of it, an address may. */
function effectOf<Effect>(work: () => Effect): Effect | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
