import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Money } from '@/components/money'
import { ActionForm, FormText, FormTextarea } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { MerchantOrder, RefundPreview } from '@/lib/queries/merchant'
import { Fact, Facts } from '../../../_console/facts'
import { TextLink } from '../../../_console/text-link'
import { refundOrderAction } from '../actions'
import { BorneBy } from './borne-by'

interface Props {
  order: MerchantOrder
  preview: RefundPreview
  /** The choice as it stands in the address, to be sent along. */
  choice: readonly (readonly [name: string, value: string])[]
}

/** Says what the refund comes to and who bears it, then asks why and once more whether. */
export function RefundDecision({ order, preview, choice }: Props) {
  const t = useTranslations('merchant.refund')
  const { currency } = order
  const amount = formatMoney(preview.amountMinor, currency, useLocale())
  const money = (minor: number): ReactNode => <Money minor={minor} currency={currency} />
  const ends = preview.amountMinor === order.totalMinor - order.refundedMinor
  return (
    <ActionForm action={refundOrderAction} failed={t('failed')} className="grid max-w-2xl justify-items-start gap-5">
      <div className="w-full">
        <Facts>
          <Fact term={t('buyerGets')}>
            <b className="font-semibold">{money(preview.amountMinor)}</b>
            <span className="block text-sm text-ink-soft">{t('wayBack')}</span>
          </Fact>
          {preview.units > 0 && (
            <Fact term={t('leaving')}>
              {preview.unseen > 0 && <span className="block">{t('leavingUnseen', { count: preview.unseen })}</span>}
              {preview.units > preview.unseen && (
                <span className="block">{t('leavingSeen', { count: preview.units - preview.unseen })}</span>
              )}
            </Fact>
          )}
          <Fact term={t('bears')}>
            <BorneBy shares={preview} currency={currency} />
          </Fact>
          {preview.feeMinor > 0 && (
            <Fact term={t('feeBack')}>
              {money(preview.feeMinor)} <span className="text-sm text-ink-soft">{t('feeBackText')}</span>
            </Fact>
          )}
          <Fact term={t('less')}>{money(preview.lessMinor)}</Fact>
        </Facts>
      </div>
      <input type="hidden" name="orderId" value={order.id} />
      <input type="hidden" name="before" value={order.refundedMinor} />
      {choice.map(([name, value]) => (
        <input key={`${name}-${value}`} type="hidden" name={name} value={value} />
      ))}
      <div className="grid w-full gap-4">
        <FormText name="reason" label={t('reason')} hint={t('reasonHint')} minLength={2} maxLength={200} />
        <FormTextarea name="note" label={t('note')} hint={t('noteHint')} rows={3} maxLength={500} optional />
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <ConfirmSubmit
          label={t('label', { amount })}
          question={t('question', { amount })}
          confirm={t('confirm', { amount })}
          variant="primary"
        >
          {t(ends ? 'ends' : 'goesOn')}
        </ConfirmSubmit>
        <TextLink href={`/merchant/orders/${order.id}#refund`}>{t('change')}</TextLink>
      </div>
    </ActionForm>
  )
}
