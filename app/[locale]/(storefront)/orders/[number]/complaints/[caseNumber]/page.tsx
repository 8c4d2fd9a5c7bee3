import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { CaseHeader } from '@/components/case/case-header'
import { CaseLive } from '@/components/case/case-live'
import { CaseMoney } from '@/components/case/case-money'
import { CaseRulings } from '@/components/case/case-rulings'
import { CaseTimeline } from '@/components/case/case-timeline'
import { CaseUnits } from '@/components/case/case-units'
import { EvidenceUpload } from '@/components/case/evidence-upload'
import { EvidenceViewer } from '@/components/case/evidence-viewer'
import { MessageForm } from '@/components/case/message-form'
import { RecordFactText } from '@/components/case/record-fact-text'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { Notice } from '@/components/ui/notice'
import { buttonClass } from '@/components/ui/button'
import { FAILURE_STANDARD, markCaseRead } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { type CaseView, findCaseOfOrder } from '@/lib/queries/case'
import { currentBuyer, run } from '@/lib/web/action'
import { Move, Moves } from './_components/moves'
import { hideAction, sayAction } from './actions'

type Props = PageProps<'/[locale]/orders/[number]/complaints/[caseNumber]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { caseNumber } = await params
  const t = await getTranslations('complain.case')
  return {
    title: t('metaTitle', { number: caseNumber.slice(0, 40) }),
    robots: { index: false },
    referrer: 'same-origin',
  }
}

/** One complaint, for the account or the browser that bought the order; everybody else gets 404. */
export default async function ComplaintPage({ params }: Props) {
  const { number, caseNumber } = await params
  const now = new Date()
  const view = await readCase({ order: number, number: caseNumber }, now)
  if (!view) notFound()
  const t = await getTranslations('complain.case')
  return (
    <div className="mx-auto grid max-w-3xl gap-6">
      <CaseHeader view={view} back={{ href: `/orders/${number}`, label: t('back', { number }) }} />
      <CaseMoney view={view} />
      <ByRecords view={view} />
      <Moves view={view} now={now} />
      <CaseRulings view={view} />
      <Evidence view={view} />
      <CaseUnits view={view} />
      <CaseTimeline
        view={view}
        hide={({ by, seq, type }) =>
          by === 'BUYER' && type === 'message' ? (
            <Move action={hideAction} view={view} seq={seq}>
              <ConfirmSubmit
                size="sm"
                variant="quiet"
                label={t('hide.label')}
                question={t('hide.question', { seq })}
                confirm={t('hide.confirm')}
              >
                {t('hide.body')}
              </ConfirmSubmit>
            </Move>
          ) : null
        }
      >
        {view.state !== 'CLOSED' && <MessageForm action={sayAction} fields={{ number, caseNumber: view.number }} />}
      </CaseTimeline>
      <Card title={t('bundleTitle')}>
        <p className="mb-3 text-ink-soft">{t('bundleBody')}</p>
        <a href={`/api/complaints/${view.id}/bundle`} className={buttonClass({ variant: 'secondary' })}>
          {t('bundle')}
        </a>
      </Card>
      <CaseLive complaintId={view.id} version={view.version} />
    </div>
  )
}

/** The case, read by its buyer from now on: the other side sees how far. */
async function readCase(named: { order: string; number: string }, now: Date): Promise<CaseView | null> {
  const { buyer } = await currentBuyer()
  const view = await findCaseOfOrder(db(), buyer, named)
  if (!view) return null
  const seen = view.reads.find(({ side }) => side === 'BUYER')?.seq ?? -1
  if (seen >= view.head.seq) return view
  await run((tx) => markCaseRead(tx, { complaintId: view.id, side: 'BUYER' }, now))
  return findCaseOfOrder(db(), buyer, named)
}

/** What the system ruled by itself, with the facts of its records. */
async function ByRecords({ view }: { view: CaseView }) {
  const t = await getTranslations('complain.case.records')
  if (view.outcome !== 'RECORDS') return null
  const facts = view.entries.find(({ type }) => type === 'granted')?.body?.facts ?? []
  return (
    <Notice kind="success" title={t('title')}>
      <p>{t('body')}</p>
      <ul className="mt-1 grid list-disc gap-1 ps-5">
        {facts.map((fact, index) => (
          <li key={index}>
            <RecordFactText fact={fact} view={view} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

async function Evidence({ view }: { view: CaseView }) {
  const t = await getTranslations('complain')
  const f = await getTranslations('failures')
  const open = view.state !== 'CLOSED'
  const { shownBy } = FAILURE_STANDARD[view.failure]
  const wanted = open && shownBy.length > 0 && !view.files.some(({ side }) => side === 'BUYER')
  if (!open && view.files.length === 0) return null
  return (
    <Card title={t('story.evidenceTitle')} id="files">
      <div className="grid gap-5">
        {wanted && (
          <Notice kind="info" title={t('case.evidenceNow')}>
            <p>{t('case.evidenceNowBody')}</p>
            <ul className="mt-1 grid list-disc gap-1 ps-5">
              {shownBy.map((kind) => (
                <li key={kind}>
                  {f(`evidence.${kind}`)} — {t(`example.${kind}`)}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        <EvidenceViewer files={view.files.map(({ readyAt, ...file }) => ({ ...file, at: readyAt }))} />
        {open && <EvidenceUpload complaintId={view.id} kinds={shownBy} />}
      </div>
    </Card>
  )
}
