import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { TextLink } from '@/components/text-link'
import { FormText, FormTextarea } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import {
  type DraftAnswers,
  FAILURE_STANDARD,
  type Failure,
  LONGEST_STATEMENT,
  type Remedy,
} from '@/lib/domain/complaints'
import { formatMoney } from '@/lib/kernel/money'
import type { Opening } from '@/lib/queries/case'
import { SHORTEST_STATEMENT, chosenOf, failuresFor, mostOf, remediesFor, remedyFirst } from '../steps'
import { Choices } from './choices'
import { StepForm } from './step-form'

export interface QuestionProps {
  order: Opening
  draft: DraftAnswers
  now: Date
}

export function CdksQuestion({ order, draft, now, asked }: QuestionProps & { asked: readonly string[] }) {
  const t = useTranslations('complain.cdks')
  const chosen = asked.length > 0 ? asked : (chosenOf(order, draft) ?? [])
  return (
    <StepForm
      number={order.number}
      step="cdks"
      title={t('title')}
      hint={t('hint')}
      other={
        failuresFor(order, [], now).length > 0 && (
          <button
            type="submit"
            name="about"
            value="charge"
            formNoValidate
            className={buttonClass({ variant: 'secondary', size: 'lg' })}
          >
            {t('charge')}
          </button>
        )
      }
    >
      <Choices
        name="cdk"
        type="checkbox"
        legend={t('title')}
        chosen={chosen}
        options={order.cdks.map(({ id, position, revealedAt, known }) => ({
          value: id,
          disabled: known,
          label: t('one', { index: position }),
          hint: known
            ? t('known')
            : revealedAt
              ? t.rich('seen', { at: () => <DateTime at={revealedAt} style="second" /> })
              : t('unseen'),
        }))}
      />
    </StepForm>
  )
}

export function FailureQuestion({ order, draft, now }: QuestionProps) {
  const t = useTranslations('complain.failure')
  const f = useTranslations('failures')
  const cdkIds = chosenOf(order, draft) ?? []
  const title = t(cdkIds.length === 0 ? 'chargeTitle' : 'title')
  return (
    <StepForm number={order.number} step="failure" title={title} hint={t('hint')}>
      <Choices
        name="failure"
        type="radio"
        legend={title}
        chosen={draft.failure ? [draft.failure] : []}
        options={failuresFor(order, cdkIds, now).map((failure) => ({
          value: failure,
          label: f(`name.${failure}`),
          hint: f(`definition.${failure}`),
        }))}
      />
      <p className="text-sm">
        <TextLink href="/failure-standard">{t('standard')}</TextLink>
      </p>
    </StepForm>
  )
}

export function StoryQuestion({ order, draft, failure }: QuestionProps & { failure: Failure }) {
  const t = useTranslations('complain')
  const f = useTranslations('failures')
  const { shownBy } = FAILURE_STANDARD[failure]
  return (
    <StepForm number={order.number} step="story" title={t('story.title')}>
      <FormTextarea
        name="statement"
        label={t('story.label')}
        hint={t('story.hint')}
        minLength={SHORTEST_STATEMENT}
        maxLength={LONGEST_STATEMENT}
        defaultValue={draft.statement ?? ''}
      />
      <section className="rounded-md bg-sunken px-3.5 py-3">
        <h3 className="font-semibold">{t('story.evidence')}</h3>
        {shownBy.length === 0 ? (
          <p className="mt-1 text-ink-soft">{t('story.none')}</p>
        ) : (
          <>
            <p className="mt-1 text-ink-soft">{t('story.evidenceAny')}</p>
            <ul className="mt-2 grid list-disc gap-2 ps-5">
              {shownBy.map((kind) => (
                <li key={kind}>
                  {f(`evidence.${kind}`)}
                  <span className="block text-sm text-ink-soft">
                    {t('story.good')}: {t(`example.${kind}`)}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </StepForm>
  )
}

export function DemandQuestion({ order, draft, failure }: QuestionProps & { failure: Failure }) {
  const t = useTranslations('complain.demand')
  const locale = useLocale()
  const cdkIds = chosenOf(order, draft) ?? []
  const money = (minor: number) => formatMoney(minor, order.currency, locale)
  const most = money(mostOf(order, cdkIds))
  const remedies = remediesFor(order, failure)
  const charge = cdkIds.length === 0
  const labelOf = (remedy: Remedy) => {
    if (remedy === 'REFUND') return charge ? t('REFUNDcharge') : t('REFUND', { amount: most })
    if (remedy === 'COMPENSATION') return t(charge ? 'COMPENSATIONcharge' : 'COMPENSATION')
    return cdkIds.length > 1 ? t('REPLACEMENTmany', { count: cdkIds.length }) : t('REPLACEMENT')
  }
  const kept = draft.demand && remedies.includes(draft.demand) ? draft.demand : remedyFirst(order, failure)
  return (
    <StepForm number={order.number} step="demand" title={t('title')} hint={charge ? null : t('hint')}>
      <Choices
        name="demand"
        type="radio"
        legend={t('title')}
        chosen={[kept]}
        options={remedies.map((remedy) => ({
          value: remedy,
          label: labelOf(remedy),
          hint: t(`${remedy}hint`, { most }),
        }))}
      />
      {remedies.includes('COMPENSATION') && (
        <FormText
          name="amount"
          label={t('amount')}
          hint={t('amountHint')}
          optional
          inputMode="decimal"
          autoComplete="off"
          defaultValue={draft.demandMinor ? (draft.demandMinor / 100).toFixed(2) : ''}
        />
      )}
    </StepForm>
  )
}
