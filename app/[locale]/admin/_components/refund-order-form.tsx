import { useLocale, useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ActionForm, FormText, FormTextarea } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { AdminOrder } from '@/lib/queries/admin'
import { refundOrderAction } from '../orders/actions'

const CHOICE = 'flex min-h-9 items-start gap-3 py-1'
const BOX = 'mt-0.5 size-5 shrink-0 accent-jade-solid'

/** Money of an order back to the buyer: everything that is left, an amount, or the price of some CDKs. Asks once. */
export function RefundOrderForm({ order }: { order: AdminOrder }) {
  const t = useTranslations('admin.refundOrder')
  const left = order.totalMinor - order.refundedMinor
  const amount = formatMoney(left, order.currency, useLocale())
  const held = order.cdks.filter(({ state, refunded }) => state === 'DELIVERED' && !refunded)
  return (
    <ActionForm action={refundOrderAction} done={t('done')} className="grid max-w-2xl justify-items-start gap-4">
      <p className="text-ink-soft">{t(order.status === 'CONFIRMED' ? 'textReleased' : 'text')}</p>
      <input type="hidden" name="orderId" value={order.id} />
      <input type="hidden" name="before" value={order.refundedMinor} />
      <fieldset className="grid w-full gap-1">
        <legend className="mb-1 font-medium">{t('what')}</legend>
        <label className={CHOICE}>
          <input type="radio" name="what" value="all" defaultChecked className={BOX} />
          <span>
            {t('all')} <Money minor={left} currency={order.currency} className="font-semibold" />
          </span>
        </label>
        <label className={CHOICE}>
          <input type="radio" name="what" value="amount" className={BOX} />
          <span>{t('part')}</span>
        </label>
        <div className="max-w-56 ps-8">
          <FormText name="amount" label={t('amount')} inputMode="decimal" className="tabular-nums" optional />
        </div>
        {held.length > 1 && (
          <>
            <label className={CHOICE}>
              <input type="radio" name="what" value="cdks" className={BOX} />
              <span>{t('cdks')}</span>
            </label>
            <div className="grid gap-x-6 ps-8 sm:grid-cols-2">
              {held.map(({ id, revealedAt }) => (
                <label key={id} className={CHOICE}>
                  <input type="checkbox" name="cdk" value={id} className={BOX} />
                  <span>
                    <span className="font-mono text-sm">…{id.slice(-8)}</span>{' '}
                    <span className="text-sm text-ink-soft">{t(revealedAt ? 'seen' : 'unseen')}</span>
                  </span>
                </label>
              ))}
            </div>
          </>
        )}
      </fieldset>
      <div className="grid w-full gap-4">
        <FormText name="reason" label={t('reason')} hint={t('reasonHint')} minLength={2} maxLength={200} />
        <FormTextarea name="note" label={t('note')} rows={2} maxLength={500} optional />
      </div>
      <ConfirmSubmit label={t('label')} question={t('question', { amount })} confirm={t('confirm')}>
        {t('consequence')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
