import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { hideAsMerchantAction } from '@/app/[locale]/merchant/complaints/actions'

/** Takes one of the merchant's own messages out of view, once asked. */
export function HideButton({ complaintId, seq }: { complaintId: string; seq: number }) {
  const t = useTranslations('claims.hide')
  return (
    <ActionForm action={hideAsMerchantAction}>
      <input type="hidden" name="complaintId" value={complaintId} />
      <input type="hidden" name="seq" value={seq} />
      <ConfirmSubmit label={t('label')} question={t('question')} confirm={t('confirm')} variant="quiet" size="sm">
        {t('text')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
