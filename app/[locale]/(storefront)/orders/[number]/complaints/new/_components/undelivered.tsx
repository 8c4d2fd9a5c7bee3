import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Opening } from '@/lib/queries/case'
import { openComplaintAction } from '../actions'

/** Paid and promised by hand: before the promised time there is nothing to complain of, after it nothing to prove. */
export function Undelivered({ order, now }: { order: Opening; now: Date }) {
  const t = useTranslations('complain')
  const { dueAt } = order
  return (
    <Card title={t('undelivered.title')}>
      {dueAt && dueAt > now ? (
        <p>{t.rich('undelivered.waiting', { at: () => <DateTime at={dueAt} /> })}</p>
      ) : (
        <ActionForm action={openComplaintAction} failed={t('notSent')} className="grid gap-4">
          <p>{t('undelivered.over')}</p>
          <input type="hidden" name="number" value={order.number} />
          <SubmitButton size="lg" className="justify-self-start">
            {t('undelivered.submit')}
          </SubmitButton>
        </ActionForm>
      )}
    </Card>
  )
}
