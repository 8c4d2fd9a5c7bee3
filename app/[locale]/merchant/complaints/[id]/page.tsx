import { Download } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { CaseHeader } from '@/components/case/case-header'
import { CaseLive } from '@/components/case/case-live'
import { CaseMoney } from '@/components/case/case-money'
import { CaseRulings } from '@/components/case/case-rulings'
import { CaseTimeline } from '@/components/case/case-timeline'
import { CaseUnits } from '@/components/case/case-units'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Locale } from '@/i18n/routing'
import { markCaseRead } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { type CaseView, findCaseOfMerchant } from '@/lib/queries/case'
import { findBearers, findComplaintDesk, findMerchantOrder } from '@/lib/queries/merchant'
import { run } from '@/lib/web/action'
import { refusalMessage } from '@/lib/web/refusal-message'
import { requireMerchantUser } from '@/lib/web/session'
import { type SearchParams, requireId } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { HideButton } from '../../../_console/hide-button'
import { hideAsMerchantAction, sayAsMerchantAction } from '../actions'
import type { UnitChoice } from '../complaint-input'
import { COMPLAINTS } from '../query'
import { AcceptPanel } from './_components/accept-panel'
import { AnswerCard } from './_components/answer-card'
import { AppealCard } from './_components/appeal-card'
import { EvidenceCard } from './_components/evidence-card'
import { PenaltyCard } from './_components/penalty-card'
import { StandardCard } from './_components/standard-card'
import { WordsPanel } from './_components/words-panel'
import { type AcceptEffect, choiceOf, effectOf } from './accept-choice'
import { actParam, actsOf, mayAppeal } from './acts'

interface Props {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}

export async function generateMetadata() {
  return { title: (await getTranslations('claims'))('title') }
}

/** One complaint as its merchant sees it: whose turn it is, the money, what he can answer, what was said. */
export default async function ComplaintPage({ params, searchParams }: Props) {
  const { merchantId } = await requireMerchantUser()
  const id = requireId((await params).id)
  const query = await searchParams
  const now = new Date()
  const desk = (await findComplaintDesk(db(), merchantId, id, now)) ?? notFound()
  await run((tx) => markCaseRead(tx, { complaintId: id, side: 'MERCHANT' }, now))
  const view = (await findCaseOfMerchant(db(), merchantId, id)) ?? notFound()
  const [t, locale] = [await getTranslations('claims'), await getLocale()]
  const [acts, act] = [actsOf(view), actParam.parse(query.act)]
  const chosen = typeof query.canned === 'string' ? query.canned : undefined
  const choice = choiceOf(view, desk.stock, query.unit)
  const accepting = act === 'accept' && acts.includes('accept')
  const effect = accepting ? await lookAhead(merchantId, view, choice, locale) : null
  const closed = view.state === 'CLOSED'
  return (
    <div className="grid gap-5">
      <CaseHeader
        view={view}
        back={{ href: COMPLAINTS, label: t('back') }}
        action={
          <a href={`/api/complaints/${id}/bundle`} download className={buttonClass({ variant: 'secondary' })}>
            <Download aria-hidden />
            {t('bundle')}
          </a>
        }
      />
      {!closed && <CaseLive complaintId={id} version={view.version} />}
      <CaseMoney view={view} />
      {acts.length > 0 ? (
        <AnswerCard
          view={view}
          acts={acts}
          act={act}
          answers={desk.canned}
          chosen={chosen}
          stock={desk.stock}
          accept={effect !== null && <AcceptPanel view={view} stock={desk.stock} choice={choice} effect={effect} />}
        />
      ) : (
        !closed && (
          <Notice kind="info">{t(view.escalatedAt && view.state !== 'RULED' ? 'act.staff' : 'act.waiting')}</Notice>
        )
      )}
      {mayAppeal(view, now) && <AppealCard complaintId={id} />}
      <CaseRulings view={view} />
      {view.penalties.length > 0 && <PenaltyCard view={view} />}
      <EvidenceCard view={view} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <CaseUnits view={view} />
        <StandardCard view={view} />
      </div>
      <CaseTimeline
        view={view}
        hide={({ by, type, seq }) =>
          by === 'MERCHANT' &&
          type === 'message' && <HideButton action={hideAsMerchantAction} complaintId={id} seq={seq} />
        }
      >
        {!closed && (
          <WordsPanel
            complaintId={id}
            action={sayAsMerchantAction}
            answers={desk.canned}
            chosen={act ? undefined : chosen}
          />
        )}
      </CaseTimeline>
      <p>
        <TextLink href={`/merchant/orders/${view.order.id}`}>{t('order', { number: view.order.number })}</TextLink>
      </p>
    </div>
  )
}

/** What accepting would come to now, or the sentence that says why it cannot be. */
async function lookAhead(
  merchantId: string,
  view: CaseView,
  choice: readonly UnitChoice[],
  locale: Locale,
): Promise<AcceptEffect | string> {
  const found = (await findMerchantOrder(db(), merchantId, view.order.id)) ?? notFound()
  const bearers = await findBearers(db(), merchantId, view.order.id)
  try {
    return effectOf(view, found.order, bearers, choice)
  } catch (error) {
    if (error instanceof Refusal) return refusalMessage(error, locale)
    throw error
  }
}
