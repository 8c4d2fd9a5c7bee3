import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { keepAnswerAction } from '../actions'
import { STEPS, type Step } from '../steps'

interface Props {
  number: string
  step: Step
  title: string
  hint?: ReactNode
  /** A second way on, beside "next". */
  other?: ReactNode
  children: ReactNode
}

/** One question: its form, and the ways on and back. Back sends the form, too: what was typed is kept. */
export function StepForm({ number, step, title, hint, other, children }: Props) {
  const t = useTranslations('complain')
  return (
    <Card title={title}>
      {hint && <p className="mb-4 text-ink-soft">{hint}</p>}
      <ActionForm action={keepAnswerAction} failed={t('failed')} className="grid gap-5">
        <input type="hidden" name="number" value={number} />
        <input type="hidden" name="step" value={step} />
        {children}
        <div className="flex flex-wrap gap-3">
          <SubmitButton size="lg">{t('next')}</SubmitButton>
          {other}
          {STEPS.indexOf(step) > 0 && (
            <button
              type="submit"
              name="go"
              value="back"
              formNoValidate
              className={buttonClass({ variant: 'secondary', size: 'lg' })}
            >
              {t('prev')}
            </button>
          )}
        </div>
      </ActionForm>
    </Card>
  )
}
