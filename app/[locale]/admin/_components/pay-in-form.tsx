import { useTranslations } from 'next-intl'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { payIntoFundAction } from '../fund/actions'

export function PayInForm() {
  const t = useTranslations('admin.fund')
  return (
    <ActionForm action={payIntoFundAction} done={t('paidIn')} className="grid gap-4">
      <p className="text-ink-soft">{t('payInText')}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          name="amount"
          label={t('amount')}
          hint={t('amountHint')}
          inputMode="decimal"
          className="tabular-nums"
        />
        <FormText name="reference" label={t('reference')} hint={t('referenceHint')} minLength={4} maxLength={64} />
      </div>
      <div>
        <SubmitButton>{t('payIn')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
