import { useTranslations } from 'next-intl'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AdminMerchant } from '@/lib/queries/admin'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { recordDepositAction, setMerchantStatusAction } from '../merchants/actions'

/** Admits a merchant or stops it selling; stopping asks once and says what goes on. */
export function StatusForm({ merchant }: { merchant: AdminMerchant }) {
  const t = useTranslations('admin.merchants')
  const active = merchant.status === 'ACTIVE'
  return (
    <ActionForm action={setMerchantStatusAction} done={t('statusDone')} className="grid justify-items-start gap-4">
      <p className="text-ink-soft">{t(`statusText.${merchant.status}`)}</p>
      <input type="hidden" name="merchantId" value={merchant.id} />
      <input type="hidden" name="status" value={active ? 'SUSPENDED' : 'ACTIVE'} />
      {active ? (
        <ConfirmSubmit
          label={t('suspend')}
          question={t('suspendQuestion', { name: merchant.name, count: merchant.products })}
          confirm={t('suspend')}
        >
          {t('suspendText', { count: merchant.openOrders })}
        </ConfirmSubmit>
      ) : (
        <SubmitButton>{t('activate')}</SubmitButton>
      )}
    </ActionForm>
  )
}

export function DepositForm({ merchantId }: { merchantId: string }) {
  const t = useTranslations('admin.merchants')
  return (
    <ActionForm action={recordDepositAction} done={t('depositDone')} className="grid gap-4">
      <p className="text-ink-soft">{t('depositText')}</p>
      <input type="hidden" name="merchantId" value={merchantId} />
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
        <SubmitButton variant="secondary">{t('recordDeposit')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
