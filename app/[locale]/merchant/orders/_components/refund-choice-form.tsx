import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { getPathname } from '@/i18n/navigation'
import { formatMoney } from '@/lib/kernel/money'
import { type MerchantOrder, refundableCdks } from '@/lib/queries/merchant'
import { Choice, Choices } from '../../_components/choice'

/** What was chosen so far, and what was wrong with it. */
export interface Chosen {
  readonly what: string | undefined
  readonly amount: string | undefined
  readonly cdkIds: readonly string[]
  readonly amountError: string | undefined
}

/** Asks what is to go back. Sends nothing but the reader: the page then says what it would come to. */
export function RefundChoiceForm({ order, chosen }: { order: MerchantOrder; chosen: Chosen }) {
  const t = useTranslations('merchant.refund')
  const locale = useLocale()
  const left = formatMoney(order.totalMinor - order.refundedMinor, order.currency, locale)
  const ids = refundableCdks(order)
  const cdks = order.cdks.filter(({ id }) => ids.includes(id))
  const what = chosen.what ?? 'all'
  return (
    <form
      action={`${getPathname({ href: `/merchant/orders/${order.id}`, locale })}#refund`}
      className="grid max-w-2xl justify-items-start gap-5"
    >
      <p className="text-ink-soft">{t('text')}</p>
      <Choices legend={t('what')}>
        <Choice name="what" value="all" checked={what === 'all'} label={t('all', { amount: left })} />
        {cdks.length > 1 && (
          <Choice name="what" value="cdks" checked={what === 'cdks'} label={t('cdks')} hint={t('cdksHint')}>
            <div role="group" aria-label={t('cdks')} className="grid gap-x-6 sm:grid-cols-2">
              {cdks.map((cdk) => (
                <label key={cdk.id} className="flex min-h-9 items-start gap-3 py-1">
                  <input
                    type="checkbox"
                    name="cdk"
                    value={cdk.id}
                    defaultChecked={chosen.cdkIds.includes(cdk.id)}
                    className="mt-0.5 size-5 shrink-0 accent-jade-solid"
                  />
                  <span>
                    {t('position', { position: cdk.position })}
                    <span className="ms-2 text-sm text-ink-soft">
                      {cdk.revealedAt
                        ? t.rich('seen', { at: () => <DateTime at={cdk.revealedAt ?? ''} /> })
                        : t('unseen')}
                    </span>
                  </span>
                </label>
              ))}
            </div>
          </Choice>
        )}
        <Choice name="what" value="amount" checked={what === 'amount'} label={t('amount')} hint={t('amountHint')}>
          <div className="max-w-56">
            <Field label={t('amountLabel')} error={chosen.amountError}>
              {(aria) => <Input name="amount" inputMode="decimal" defaultValue={chosen.amount} {...aria} />}
            </Field>
          </div>
        </Choice>
      </Choices>
      <Button type="submit" variant="secondary">
        {t('preview')}
      </Button>
    </form>
  )
}
