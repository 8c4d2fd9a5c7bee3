import { useLocale, useTranslations } from 'next-intl'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { AdminRefund } from '@/lib/queries/admin'
import { refundToWalletAction, retryRefundAction, settleRefundByHandAction } from '../refunds/actions'

const FORM =
  'grid content-start justify-items-start gap-3 border-t border-line py-4 first:border-t-0 first:pt-0 last:pb-0'

/** The three ways on for a refund that failed at the provider; each asks once and names the amount. */
export function FailedRefundForms({ refund }: { refund: AdminRefund }) {
  const t = useTranslations('admin.refunds')
  const amount = formatMoney(refund.amountMinor, refund.currency, useLocale())
  const id = <input type="hidden" name="refundId" value={refund.id} />
  return (
    <div>
      <ActionForm action={retryRefundAction} done={t('retried')} className={FORM}>
        <p className="text-ink-soft">{t('retryText')}</p>
        {id}
        <ConfirmSubmit
          label={t('retry')}
          question={t('retryQuestion', { amount })}
          confirm={t('retry')}
          danger={false}
        />
      </ActionForm>
      {refund.hasWallet && (
        <ActionForm action={refundToWalletAction} done={t('settled')} className={FORM}>
          <p className="text-ink-soft">{t('toWalletText', { buyer: refund.buyer ?? '' })}</p>
          {id}
          <ConfirmSubmit label={t('toWallet')} question={t('toWalletQuestion', { amount })} confirm={t('toWallet')}>
            {t('final')}
          </ConfirmSubmit>
        </ActionForm>
      )}
      <ActionForm action={settleRefundByHandAction} done={t('settled')} className={FORM}>
        <p className="text-ink-soft">{t('byHandText')}</p>
        {id}
        <div className="w-full max-w-md">
          <FormText name="reference" label={t('reference')} hint={t('referenceHint')} minLength={4} maxLength={64} />
        </div>
        <ConfirmSubmit label={t('byHand')} question={t('byHandQuestion', { amount })} confirm={t('byHand')}>
          {t('final')}
        </ConfirmSubmit>
      </ActionForm>
    </div>
  )
}
