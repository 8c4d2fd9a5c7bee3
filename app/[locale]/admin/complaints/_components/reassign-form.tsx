import { useTranslations } from 'next-intl'
import { ActionForm, FormSelect, FormText } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import type { Seat } from '@/lib/domain/arbitration'
import { reassignCaseAction } from '../actions'

/** Gives a seat of the case to somebody else; whom, nobody chooses. */
export function ReassignForm({ complaintId, seats }: { complaintId: string; seats: readonly Seat[] }) {
  const t = useTranslations('adminComplaints.page')
  return (
    <ActionForm action={reassignCaseAction} done={t('reassigned')} className="grid gap-4">
      <p className="text-ink-soft">{t('reassignText')}</p>
      <input type="hidden" name="complaintId" value={complaintId} />
      <FormSelect name="role" label={t('role')} defaultValue={seats[0]}>
        {seats.map((seat) => (
          <option key={seat} value={seat}>
            {t(seat)}
          </option>
        ))}
      </FormSelect>
      <FormText name="reason" label={t('reason')} minLength={2} maxLength={500} />
      <div>
        <ConfirmSubmit label={t('reassign')} question={t('reassignQuestion')} confirm={t('reassign')} danger={false} />
      </div>
    </ActionForm>
  )
}
