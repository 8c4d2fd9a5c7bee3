import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { ActionForm } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { PayoutSchedule } from '@/lib/infra/prisma/enums'
import type { PayoutDesk } from '@/lib/queries/merchant'
import { Choice, Choices } from '../../_components/choice'
import { setPayoutScheduleAction } from '../actions'

/** How often everything available is paid out by itself. */
export function ScheduleCard({ desk }: { desk: PayoutDesk }) {
  const t = useTranslations('merchant.payouts.schedule')
  return (
    <Card title={t('title')}>
      <ActionForm action={setPayoutScheduleAction} done={t('done')} className="grid justify-items-start gap-4">
        <Choices legend={t('how')}>
          {Object.values(PayoutSchedule).map((schedule) => (
            <Choice
              key={`${schedule}-${desk.schedule}`}
              name="schedule"
              value={schedule}
              checked={schedule === desk.schedule}
              label={t(`${schedule}.label`)}
              hint={t(`${schedule}.hint`)}
            />
          ))}
        </Choices>
        {desk.nextPayoutAt && (
          <p className="text-sm text-ink-soft">
            {t.rich('next', { at: () => <DateTime at={desk.nextPayoutAt ?? ''} relative /> })}
          </p>
        )}
        <SubmitButton variant="secondary">{t('save')}</SubmitButton>
      </ActionForm>
    </Card>
  )
}
