import { useLocale, useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ActionForm } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import { Fact, Facts } from '../../../../_console/facts'
import { BorneBy } from '../../../orders/_components/borne-by'
import { acceptComplaintAction } from '@/app/[locale]/merchant/complaints/actions'
import type { UnitChoice } from '@/app/[locale]/merchant/complaints/complaint-input'
import type { AcceptEffect } from '../accept-choice'

interface Props {
  view: CaseView
  stock: number
  choice: readonly UnitChoice[]
  effect: AcceptEffect
}

/** Says what accepting comes to and who bears it, then asks once. */
export function AcceptDecision({ view, stock, choice, effect: { replaced, preview } }: Props) {
  const t = useTranslations('claims.accept')
  const locale = useLocale()
  const { currency } = view
  const what = [
    ...(preview ? [t('whatRefund', { amount: formatMoney(preview.amountMinor, currency, locale) })] : []),
    ...(replaced > 0 ? [t('whatReplace', { count: replaced })] : []),
  ]
  return (
    <ActionForm action={acceptComplaintAction} failed={t('failed')} className="grid max-w-2xl gap-5">
      <section aria-labelledby="accept-effect">
        <h3 id="accept-effect" className="mb-2 font-semibold">
          {t('effect')}
        </h3>
        <Facts>
          {preview && (
            <>
              <Fact term={t(choice.length === 0 ? 'compensated' : 'refunded')}>
                <b className="font-semibold">
                  <Money minor={preview.amountMinor} currency={currency} />
                </b>
              </Fact>
              <Fact term={t('bears')}>
                <BorneBy shares={preview} currency={currency} />
              </Fact>
              {preview.feeMinor > 0 && (
                <Fact term={t('fee')}>
                  <Money minor={preview.feeMinor} currency={currency} />
                </Fact>
              )}
              <Fact term={t('less')}>
                <Money minor={preview.lessMinor} currency={currency} />
              </Fact>
            </>
          )}
          {replaced > 0 && (
            <Fact term={t('replaced')}>
              {t('replacedText', { count: replaced, left: stock - replaced })}
              {!preview && <span className="block text-sm text-ink-soft">{t('noMoney')}</span>}
            </Fact>
          )}
        </Facts>
      </section>
      <input type="hidden" name="complaintId" value={view.id} />
      {choice.map(({ cdkId, result }) => (
        <input key={cdkId} type="hidden" name="unit" value={`${result}.${cdkId}`} />
      ))}
      <div>
        <ConfirmSubmit
          label={t('submit')}
          question={t('question')}
          confirm={t('submit')}
          danger={false}
          variant="primary"
        >
          {t('explain', { what: what.join(locale === 'en' ? ', ' : '，') })}
        </ConfirmSubmit>
      </div>
    </ActionForm>
  )
}
