import { useLocale, useTranslations } from 'next-intl'
import { Money } from '@/components/money'
import { ActionForm, FormText } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { MAX_PAYOUT_MINOR, MIN_PAYOUT_MINOR } from '@/lib/domain/merchants'
import { newId } from '@/lib/kernel/ids'
import { formatMoney } from '@/lib/kernel/money'
import type { PayoutDesk } from '@/lib/queries/merchant'
import { TextLink } from '../../../_console/text-link'
import { requestPayoutAction } from '../actions'

/** Asks for a payout now: everything or an amount. What stands in its way is said instead of a form that would be refused. */
export function RequestCard({ desk }: { desk: PayoutDesk }) {
  const t = useTranslations('merchant.payouts.request')
  const locale = useLocale()
  const { availableMinor, account, status } = desk
  const everythingMinor = Math.min(availableMinor, MAX_PAYOUT_MINOR)
  const [everything, least] = [everythingMinor, MIN_PAYOUT_MINOR].map((minor) => formatMoney(minor, 'CNY', locale))
  const obstacle =
    status !== 'ACTIVE'
      ? 'held'
      : !account?.ready
        ? 'noAccount'
        : availableMinor < MIN_PAYOUT_MINOR
          ? 'tooLittle'
          : null
  return (
    <Card title={t('title')}>
      <p className="text-sm text-ink-soft">{t('available')}</p>
      <p className="text-2xl font-semibold tabular-nums">
        <Money minor={availableMinor} />
      </p>
      <p className="mb-5 text-sm text-ink-soft">
        {t.rich('pending', {
          amount: () => <Money minor={desk.pendingMinor} />,
          link: (text) => <TextLink href="/merchant/balance">{text}</TextLink>,
        })}
      </p>
      {obstacle ? (
        <p>{t(`obstacle.${obstacle}`, { least: least ?? '' })}</p>
      ) : (
        <ActionForm action={requestPayoutAction} failed={t('failed')} className="grid justify-items-start gap-4">
          <input type="hidden" name="key" value={newId()} />
          <input type="hidden" name="everythingMinor" value={everythingMinor} />
          <ConfirmSubmit
            label={t('everything', { amount: everything ?? '' })}
            question={t('question', { amount: everything ?? '' })}
            confirm={t('confirm')}
            danger={false}
            variant="primary"
            name="what"
            value="everything"
          >
            {t('consequence')}
          </ConfirmSubmit>
          <div className="grid w-full max-w-sm gap-3">
            <FormText
              name="amount"
              label={t('amount')}
              hint={t('amountHint', { least: least ?? '' })}
              inputMode="decimal"
              optional
            />
            <div>
              <ConfirmSubmit
                label={t('label')}
                question={t('questionAmount')}
                confirm={t('confirm')}
                danger={false}
                name="what"
                value="amount"
              >
                {t('consequence')}
              </ConfirmSubmit>
            </div>
          </div>
        </ActionForm>
      )}
    </Card>
  )
}
