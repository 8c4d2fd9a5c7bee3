import { useLocale, useTranslations } from 'next-intl'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { FormAction } from '@/lib/web/action'
import { ActionForm, FormText } from '@/components/ui/action-form'

interface Props {
  action: FormAction<void>
  orderId: string
  totalMinor: number
  currency: string
}

/** Everything back to the buyer, with a reason; asks once and names the amount. */
export function RefundForm({ action, orderId, totalMinor, currency }: Props) {
  const t = useTranslations('console.refundForm')
  const amount = formatMoney(totalMinor, currency, useLocale())
  return (
    <ActionForm action={action} done={t('done')} className="grid max-w-xl justify-items-start gap-4">
      <p className="text-ink-soft">{t('text')}</p>
      <input type="hidden" name="orderId" value={orderId} />
      <div className="w-full">
        <FormText name="reason" label={t('reason')} hint={t('reasonHint')} minLength={2} maxLength={200} />
      </div>
      <ConfirmSubmit label={t('label')} question={t('question', { amount })} confirm={t('confirm', { amount })}>
        {t('consequence')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
