import { useTranslations } from 'next-intl'
import { ActionForm, FormTextarea } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import { type Proposal, REASONS } from '@/lib/domain/arbitration'
import type { Chosen, RulingEffect } from '@/lib/queries/arbitration'
import type { CaseView } from '@/lib/queries/case'
import { ruleAppealAction, ruleComplaintAction, sendRulingBackAction, signRulingAction } from '../actions'
import { EffectFacts } from './effect'

interface SignProps {
  view: CaseView
  chosen: Chosen
  effect: RulingEffect
  /** A second arbitrator signs before anything happens. */
  needsSecond: boolean
}

/** The reasons and the signature under a decision whose effect stands above. */
export function RuleForm({ view, chosen, effect, needsSecond }: SignProps) {
  const t = useTranslations('arbitration.sign')
  const appeal = view.state === 'APPEALED'
  const does = appeal ? 'appeal' : needsSecond ? 'propose' : 'rule'
  return (
    <Card title={t('effect')} id="effect" className="scroll-mt-24">
      <EffectFacts view={view} effect={effect} />
      <ActionForm action={appeal ? ruleAppealAction : ruleComplaintAction} className="mt-5 grid gap-4">
        <input type="hidden" name="complaintId" value={view.id} />
        <input type="hidden" name="compensation" value={chosen.compensationMinor} />
        {chosen.units.map(({ cdkId, result }) => (
          <input key={cdkId} type="hidden" name="unit" value={`${cdkId}:${result}`} />
        ))}
        {chosen.tariffs.map((tariff) => (
          <input key={tariff} type="hidden" name="tariff" value={tariff} />
        ))}
        <FormTextarea
          name="reasons"
          label={t('reasons')}
          hint={t('reasonsHint', { least: REASONS.least })}
          rows={6}
          minLength={REASONS.least}
          maxLength={REASONS.most}
        />
        <div>
          <ConfirmSubmit
            label={t(`${does}.label`)}
            question={t(`${does}.question`)}
            confirm={t(`${does}.label`)}
            danger={false}
            variant="primary"
          >
            {t(`${does}.text`)}
          </ConfirmSubmit>
        </div>
      </ActionForm>
    </Card>
  )
}

interface ProposalProps {
  view: CaseView
  proposal: Proposal
  effect: RulingEffect
  /** Only the second arbitrator signs; the first one waits. */
  signs: boolean
}

/** What was proposed, its effect, and for the second arbitrator the signature or the way back. */
export function ProposalCard({ view, proposal, effect, signs }: ProposalProps) {
  const t = useTranslations('arbitration.sign')
  const k = useTranslations('case')
  return (
    <Card title={t('proposed')} id="effect" className="scroll-mt-24">
      <ul className="mb-3 grid gap-1">
        {proposal.units.map(({ cdkId, result }) => (
          <li key={cdkId}>
            {k('did.unit', {
              index: view.units.find((unit) => unit.cdkId === cdkId)?.position ?? 0,
              result: t(`result.${result}`),
            })}
          </li>
        ))}
      </ul>
      <p className="mb-4 wrap-anywhere whitespace-pre-wrap">{proposal.reasons}</p>
      <EffectFacts view={view} effect={effect} />
      {signs ? (
        <div className="mt-5 grid gap-6">
          <ActionForm action={signRulingAction} className="grid justify-items-start gap-3">
            <input type="hidden" name="complaintId" value={view.id} />
            <input type="hidden" name="proposalId" value={proposal.id} />
            <ConfirmSubmit
              label={t('second.label')}
              question={t('second.question')}
              confirm={t('second.label')}
              danger={false}
              variant="primary"
            >
              {t('second.text')}
            </ConfirmSubmit>
          </ActionForm>
          <ActionForm action={sendRulingBackAction} className="grid gap-3">
            <input type="hidden" name="complaintId" value={view.id} />
            <FormTextarea
              name="reasons"
              label={t('back.reasons')}
              hint={t('back.hint', { least: REASONS.least })}
              rows={4}
              minLength={REASONS.least}
              maxLength={REASONS.most}
            />
            <div>
              <SubmitButton variant="secondary">{t('back.label')}</SubmitButton>
            </div>
          </ActionForm>
        </div>
      ) : (
        <p className="mt-4 text-ink-soft">{t('waiting')}</p>
      )}
    </Card>
  )
}
