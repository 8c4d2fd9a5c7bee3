import { useTranslations } from 'next-intl'
import { ActionForm, FormTextarea } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { appealAsMerchantAction } from '@/app/[locale]/merchant/complaints/actions'

/** A ruling that cost the merchant something, while it can be appealed. */
export function AppealCard({ complaintId }: { complaintId: string }) {
  const t = useTranslations('claims.appeal')
  return (
    <Card title={t('title')}>
      <ActionForm action={appealAsMerchantAction} failed={t('failed')} className="grid max-w-2xl gap-4">
        <p className="text-ink-soft">{t('text')}</p>
        <input type="hidden" name="complaintId" value={complaintId} />
        <FormTextarea name="message" label={t('words')} hint={t('wordsHint')} rows={5} maxLength={4_000} />
        <div>
          <ConfirmSubmit label={t('submit')} question={t('question')} confirm={t('submit')} danger={false}>
            {t('explain')}
          </ConfirmSubmit>
        </div>
      </ActionForm>
    </Card>
  )
}
