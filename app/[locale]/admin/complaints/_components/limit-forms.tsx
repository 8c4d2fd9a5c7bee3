import { useTranslations } from 'next-intl'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import type { LimitState } from '@/lib/infra/prisma/enums'
import { confirmLimitAction, liftLimitAction } from '../actions'

/** Puts a proposed limit in force until a day; asks once. */
export function ConfirmLimitForm({ limitId }: { limitId: string }) {
  const t = useTranslations('adminComplaints.limits')
  return (
    <ActionForm action={confirmLimitAction} done={t('confirmed')} className="grid content-start gap-3">
      <p className="text-ink-soft">{t('confirmText')}</p>
      <input type="hidden" name="limitId" value={limitId} />
      <FormText name="until" type="date" label={t('until')} />
      <FormText name="note" label={t('note')} minLength={2} maxLength={500} />
      <div>
        <ConfirmSubmit label={t('confirm')} question={t('confirmQuestion')} confirm={t('confirm')}>
          {t('confirmEffect')}
        </ConfirmSubmit>
      </div>
    </ActionForm>
  )
}

/** Dismisses a proposal, or ends what is in force. */
export function LiftLimitForm({ limitId, state }: { limitId: string; state: LimitState }) {
  const t = useTranslations('adminComplaints.limits')
  const what = state === 'PROPOSED' ? 'dismiss' : 'lift'
  return (
    <ActionForm action={liftLimitAction} done={t('lifted')} className="grid content-start gap-3">
      <p className="text-ink-soft">{t(`${what}Text`)}</p>
      <input type="hidden" name="limitId" value={limitId} />
      <FormText name="note" label={t('note')} minLength={2} maxLength={500} />
      <div>
        <SubmitButton variant="secondary">{t(what)}</SubmitButton>
      </div>
    </ActionForm>
  )
}
