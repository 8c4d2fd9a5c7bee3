import { useTranslations } from 'next-intl'
import { ActionForm, FormSelect, FormText } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import type { PlatformCoupon } from '@/lib/queries/admin'
import { createCouponAction, switchCouponAction } from '../coupons/actions'

export function CouponForm() {
  const t = useTranslations('admin.coupons')
  const money = { inputMode: 'decimal', className: 'tabular-nums' } as const
  const whole = { inputMode: 'numeric', className: 'tabular-nums' } as const
  return (
    <ActionForm action={createCouponAction} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <FormText
          name="code"
          label={t('code')}
          hint={t('codeHint')}
          minLength={3}
          maxLength={32}
          autoCapitalize="characters"
          className="font-mono uppercase"
        />
        <FormSelect name="kind" label={t('kind')} defaultValue="AMOUNT">
          <option value="AMOUNT">{t('kindOf.AMOUNT')}</option>
          <option value="PERCENT">{t('kindOf.PERCENT')}</option>
        </FormSelect>
        <FormText name="amount" label={t('amount')} hint={t('amountHint')} optional {...money} />
        <FormText name="percent" label={t('percent')} hint={t('percentHint')} optional {...money} />
        <FormText name="minimum" label={t('minimum')} hint={t('minimumHint')} optional {...money} />
        <FormText name="most" label={t('most')} hint={t('mostHint')} optional {...money} />
        <FormText name="startsOn" label={t('firstDay')} hint={t('firstDayHint')} type="date" optional />
        <FormText name="endsOn" label={t('lastDay')} hint={t('lastDayHint')} type="date" optional />
        <FormText name="totalLimit" label={t('totalLimit')} hint={t('limitHint')} optional {...whole} />
        <FormText name="perBuyerLimit" label={t('perBuyerLimit')} hint={t('limitHint')} optional {...whole} />
      </div>
      <div>
        <SubmitButton>{t('create')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** Stops a coupon, asking once, or lets it run again. */
export function CouponSwitch({ coupon }: { coupon: PlatformCoupon }) {
  const t = useTranslations('admin.coupons')
  return (
    <ActionForm action={switchCouponAction} done={t('switched')} className="grid justify-items-start gap-3">
      <p className="text-ink-soft">{t(coupon.active ? 'stopText' : 'startText')}</p>
      <input type="hidden" name="couponId" value={coupon.id} />
      <input type="hidden" name="active" value={coupon.active ? 'no' : 'yes'} />
      {coupon.active ? (
        <ConfirmSubmit label={t('stop')} question={t('stopQuestion', { code: coupon.code })} confirm={t('stop')}>
          {t('stopConsequence')}
        </ConfirmSubmit>
      ) : (
        <SubmitButton>{t('start')}</SubmitButton>
      )}
    </ActionForm>
  )
}
