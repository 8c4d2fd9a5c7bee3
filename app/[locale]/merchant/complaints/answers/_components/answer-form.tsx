import { useTranslations } from 'next-intl'
import { ActionForm, FormText, FormTextarea } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import type { CannedAnswer } from '@/lib/queries/merchant'
import { deleteCannedAnswerAction, saveCannedAnswerAction } from '@/app/[locale]/merchant/complaints/actions'

/** One prepared answer: a new one, or one to be changed. */
export function AnswerForm({ answer }: { answer: CannedAnswer | null }) {
  const t = useTranslations('claims.answers')
  return (
    <ActionForm action={saveCannedAnswerAction} failed={t('failed')} done={t('saved')} className="grid max-w-2xl gap-4">
      <input type="hidden" name="id" value={answer?.id ?? ''} />
      <FormText name="title" label={t('name')} hint={t('nameHint')} maxLength={60} defaultValue={answer?.title ?? ''} />
      <FormTextarea
        name="body"
        label={t('body')}
        hint={t('bodyHint')}
        rows={4}
        maxLength={2_000}
        defaultValue={answer?.body ?? ''}
      />
      <SubmitButton variant="secondary" className="justify-self-start">
        {t('save')}
      </SubmitButton>
    </ActionForm>
  )
}

export function DeleteAnswer({ answer: { id, title } }: { answer: CannedAnswer }) {
  const t = useTranslations('claims.answers')
  return (
    <ActionForm action={deleteCannedAnswerAction}>
      <input type="hidden" name="id" value={id} />
      <ConfirmSubmit
        label={t('delete')}
        question={t('deleteQuestion', { title })}
        confirm={t('delete')}
        variant="quiet"
        size="sm"
      >
        {t('deleteText')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
