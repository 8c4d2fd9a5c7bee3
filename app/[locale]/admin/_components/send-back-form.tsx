import { useLocale, useTranslations } from 'next-intl'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import { sendBackAction } from '../payments/actions'

/** An unknown payment goes back; asks once and names the amount. */
export function SendBackForm({
  paymentId,
  amountMinor,
  currency,
}: {
  paymentId: string
  amountMinor: number
  currency: string
}) {
  const t = useTranslations('admin.payments')
  const amount = formatMoney(amountMinor, currency, useLocale())
  return (
    <ActionForm action={sendBackAction} done={t('sentBack')} className="grid max-w-xl justify-items-start gap-4">
      <p className="text-ink-soft">{t('decideText')}</p>
      <input type="hidden" name="paymentId" value={paymentId} />
      <div className="w-full">
        <FormText name="note" label={t('note')} hint={t('noteHint')} minLength={2} maxLength={200} />
      </div>
      <ConfirmSubmit
        label={t('sendBack')}
        question={t('sendBackQuestion', { amount })}
        confirm={t('sendBackConfirm', { amount })}
      >
        {t('sendBackText')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
