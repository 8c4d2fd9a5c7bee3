import { useTranslations } from 'next-intl'
import { ActionForm, FormSelect, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import { createCouponAction } from '../actions'

/** A new coupon: its code, what it takes off, from when until when, and how often. */
export function CouponFields() {
  const t = useTranslations('merchant.coupons.form')
  return (
    <ActionForm action={createCouponAction} failed={t('failed')} className="grid gap-5">
      <Card title={t('what')}>
        <div className="grid gap-5 sm:grid-cols-2 lg:grid-cols-3">
          <FormText
            name="code"
            label={t('code')}
            hint={t('codeHint')}
            minLength={3}
            maxLength={32}
            autoComplete="off"
          />
          <FormSelect name="kind" label={t('kind')} hint={t('kindHint')} defaultValue="PERCENT">
            <option value="PERCENT">{t('PERCENT')}</option>
            <option value="AMOUNT">{t('AMOUNT')}</option>
          </FormSelect>
          <FormText name="minimum" label={t('minimum')} hint={t('minimumHint')} inputMode="decimal" optional />
          <FormText name="percent" label={t('percent')} hint={t('percentHint')} inputMode="decimal" optional />
          <FormText name="most" label={t('most')} hint={t('mostHint')} inputMode="decimal" optional />
          <FormText name="amount" label={t('amount')} hint={t('amountHint')} inputMode="decimal" optional />
        </div>
      </Card>
      <Card title={t('when')}>
        <div className="grid gap-5 sm:grid-cols-2">
          <FormText name="startsOn" type="date" label={t('startsOn')} hint={t('startsHint')} optional />
          <FormText name="endsOn" type="date" label={t('endsOn')} hint={t('endsHint')} optional />
          <FormText name="perBuyerLimit" label={t('perBuyer')} hint={t('perBuyerHint')} inputMode="numeric" optional />
          <FormText name="totalLimit" label={t('total')} hint={t('totalHint')} inputMode="numeric" optional />
        </div>
      </Card>
      <div>
        <SubmitButton>{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
