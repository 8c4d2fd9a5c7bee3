import { useTranslations } from 'next-intl'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import { MATURITY_DAYS } from '@/lib/domain/merchants'
import { MerchantTier } from '@/lib/infra/prisma/enums'
import type { AdminMerchant } from '@/lib/queries/admin'
import { ActionForm, FormSelect, FormText } from '@/components/ui/action-form'
import { recordDepositAction, setMerchantStatusAction, setMerchantTierAction } from '../merchants/actions'

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

/** How soon released money may be paid out; what was released before keeps its day. */
export function TierForm({ merchant }: { merchant: AdminMerchant }) {
  const t = useTranslations('admin.merchants')
  const name = useTranslations('console.tier')
  return (
    <ActionForm action={setMerchantTierAction} done={t('tierDone')} className="grid justify-items-start gap-4">
      <p className="text-ink-soft">{t('tierText')}</p>
      <input type="hidden" name="merchantId" value={merchant.id} />
      <FormSelect name="tier" label={t('tier')} defaultValue={merchant.tier}>
        {Object.values(MerchantTier).map((tier) => (
          <option key={tier} value={tier}>
            {t('tierDays', { tier: name(tier), days: MATURITY_DAYS[tier] })}
          </option>
        ))}
      </FormSelect>
      <SubmitButton variant="secondary">{t('setTier')}</SubmitButton>
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
