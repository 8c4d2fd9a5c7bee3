import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import type { FormAction } from '@/lib/web/action'

/** Takes one of the reader's own messages in a case out of view, once asked. */
export function HideButton({
  action,
  complaintId,
  seq,
}: {
  action: FormAction<void>
  complaintId: string
  seq: number
}) {
  const t = useTranslations('claims.hide')
  return (
    <ActionForm action={action}>
      <input type="hidden" name="complaintId" value={complaintId} />
      <input type="hidden" name="seq" value={seq} />
      <ConfirmSubmit label={t('label')} question={t('question')} confirm={t('confirm')} variant="quiet" size="sm">
        {t('text')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
