import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { retryEventAction } from '../events/actions'

export function RetryEventForm({ eventId }: { eventId: string }) {
  const t = useTranslations('admin.events')
  return (
    <ActionForm action={retryEventAction} done={t('retried')} className="grid justify-items-start gap-3">
      <p className="text-ink-soft">{t('retryText')}</p>
      <input type="hidden" name="eventId" value={eventId} />
      <SubmitButton>{t('retry')}</SubmitButton>
    </ActionForm>
  )
}
