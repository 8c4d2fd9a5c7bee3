import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { MessageForm } from '@/components/case/message-form'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import { buyerLost } from '@/lib/domain/arbitration'
import { mayBeReopened } from '@/lib/domain/complaints'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import type { FormAction } from '@/lib/web/action'
import {
  answerAction,
  appealAction,
  declineOfferAction,
  escalateAction,
  reopenAction,
  takeOfferAction,
  withdrawAction,
} from '../actions'

interface Props {
  view: CaseView
  now: Date
}

/** What the buyer can do now, by the state of the case; nothing where it is not his turn and nothing is left to him. */
export function Moves({ view, now }: Props) {
  const t = useTranslations('complain.case')
  const fields = { number: view.order.number, caseNumber: view.number }
  const mayEscalate =
    view.escalatedAt === null && (view.state === 'OFFERED' || view.state === 'ASKED' || view.state === 'CONTESTED')
  const mayWithdraw =
    view.ruledAt === null && ['OPEN', 'OFFERED', 'ASKED', 'CONTESTED', 'ESCALATED'].includes(view.state)
  return (
    <>
      {view.state === 'OFFERED' && view.offer && <OfferCard view={view} />}
      {view.state === 'ASKED' && (
        <Card title={t('answer.title')} id="answer">
          <p className="mb-3 text-ink-soft">{t('answer.body')}</p>
          <MessageForm action={answerAction} fields={fields} label={t('answer.label')} submit={t('answer.submit')} />
        </Card>
      )}
      {view.state === 'RULED' && view.dueAt && mayAppeal(view, now) && (
        <Card title={t('appeal.title')}>
          <p className="mb-3 text-ink-soft">
            {t.rich('appeal.body', { at: () => <DateTime at={view.dueAt ?? now} /> })}
          </p>
          <MessageForm action={appealAction} fields={fields} label={t('appeal.label')} submit={t('appeal.submit')} />
        </Card>
      )}
      {mayBeReopened(view, now) && (
        <Card title={t('reopen.title')}>
          <p className="mb-3 text-ink-soft">{t('reopen.body')}</p>
          <Move action={reopenAction} view={view}>
            <SubmitButton>{t('reopen.submit')}</SubmitButton>
          </Move>
        </Card>
      )}
      {(mayEscalate || mayWithdraw) && (
        <Card title={t('act')}>
          <div className="flex flex-wrap gap-3">
            {mayEscalate && (
              <Move action={escalateAction} view={view}>
                <ConfirmSubmit
                  danger={false}
                  label={t('escalate.label')}
                  question={t('escalate.question')}
                  confirm={t('escalate.confirm')}
                >
                  {t('escalate.body', { hours: view.order.snapshot.rules.arbitrationHours })}
                </ConfirmSubmit>
              </Move>
            )}
            {mayWithdraw && (
              <Move action={withdrawAction} view={view}>
                <ConfirmSubmit
                  variant="quiet"
                  label={t('withdraw.label')}
                  question={t('withdraw.question', { number: view.number })}
                  confirm={t('withdraw.confirm')}
                >
                  {t('withdraw.body')}
                </ConfirmSubmit>
              </Move>
            )}
          </div>
        </Card>
      )}
    </>
  )
}

function OfferCard({ view }: { view: CaseView }) {
  const t = useTranslations('complain.case.offer')
  const c = useTranslations('case.remedy')
  const locale = useLocale()
  if (!view.offer) return null
  const { remedy, amountMinor } = view.offer
  const offer = amountMinor === null ? c(remedy) : `${c(remedy)} ${formatMoney(amountMinor, view.currency, locale)}`
  return (
    <Card title={t('title')} id="offer">
      <p className="mb-3">{t('body', { offer })}</p>
      <div className="flex flex-wrap gap-3">
        <Move action={takeOfferAction} view={view}>
          <ConfirmSubmit
            variant="primary"
            danger={false}
            label={t('take')}
            question={t('takeQuestion', { offer })}
            confirm={t('take')}
          >
            {t('takeBody')}
          </ConfirmSubmit>
        </Move>
        <Move action={declineOfferAction} view={view}>
          <SubmitButton variant="secondary">{t('decline')}</SubmitButton>
        </Move>
      </div>
    </Card>
  )
}

/** A form with the two numbers that every move needs. */
export function Move({
  action,
  view,
  seq,
  children,
}: {
  action: FormAction<void>
  view: CaseView
  seq?: number
  children: ReactNode
}) {
  const t = useTranslations('complain.case')
  return (
    <ActionForm action={action} failed={t('failed')} className="grid gap-3">
      <input type="hidden" name="number" value={view.order.number} />
      <input type="hidden" name="caseNumber" value={view.number} />
      {seq !== undefined && <input type="hidden" name="seq" value={seq} />}
      {children}
    </ActionForm>
  )
}

function mayAppeal(view: CaseView, now: Date): boolean {
  const ruling = view.rulings.find(({ appeal }) => !appeal)
  return ruling !== undefined && view.appealedAt === null && (view.dueAt ?? now) > now && buyerLost(view, ruling)
}
