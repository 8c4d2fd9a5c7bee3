import { useLocale, useTranslations } from 'next-intl'
import { ActionForm, FormSelect, FormTextarea } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import { LINE_ENDS } from '@/lib/domain/reconciliation'
import { formatMoney } from '@/lib/kernel/money'
import type { ProviderLineRow } from '@/lib/queries/admin'
import { explainLineAction, reconcileAction } from '../reconciliation/actions'

export function RunForm({ provider }: { provider: string }) {
  const t = useTranslations('admin.reconciliation')
  return (
    <ActionForm action={reconcileAction} done={t('ran')} className="grid justify-items-start gap-3">
      <input type="hidden" name="provider" value={provider} />
      <SubmitButton variant="secondary">{t('run')}</SubmitButton>
    </ActionForm>
  )
}

/** What a line was that nothing of ours says the same as; it is booked to the end that is chosen. */
export function ExplainForm({ line }: { line: ProviderLineRow }) {
  const t = useTranslations('admin.reconciliation')
  const amount = formatMoney(Math.abs(line.amountMinor), line.currency, useLocale())
  return (
    <ActionForm action={explainLineAction} done={t('explained')} className="grid max-w-xl justify-items-start gap-4">
      <p className="text-ink-soft">{t('explainText')}</p>
      <input type="hidden" name="lineId" value={line.id} />
      <div className="grid w-full gap-4">
        <FormSelect name="end" label={t(line.amountMinor > 0 ? 'cameFrom' : 'wentTo')} defaultValue={LINE_ENDS[0]}>
          {LINE_ENDS.map((end) => (
            <option key={end} value={end}>
              {t(`end.${end}`)}
            </option>
          ))}
        </FormSelect>
        <FormTextarea
          name="explanation"
          label={t('explanation')}
          hint={t('explanationHint')}
          rows={3}
          minLength={4}
          maxLength={500}
        />
      </div>
      <ConfirmSubmit label={t('explain')} question={t('explainQuestion', { amount })} confirm={t('explain')}>
        {t('explainFinal')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
