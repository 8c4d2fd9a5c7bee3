import { useLocale, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { getPathname } from '@/i18n/navigation'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'
import type { UnitChoice } from '@/app/[locale]/merchant/complaints/complaint-input'
import { COMPLAINTS } from '@/app/[locale]/merchant/complaints/query'
import type { AcceptEffect } from '../accept-choice'
import { AcceptDecision } from './accept-decision'

interface Props {
  view: CaseView
  stock: number
  choice: readonly UnitChoice[]
  /** Its effect, or why it cannot be accepted now. */
  effect: AcceptEffect | string
}

/** Accepting: what becomes of each CDK, what that comes to, then once more whether. */
export function AcceptPanel({ view, stock, choice, effect }: Props) {
  const t = useTranslations('claims.accept')
  const c = useTranslations('case')
  const locale = useLocale()
  const { demand, demandMinor, currency } = view
  const amount = demandMinor === null ? '' : ` ${formatMoney(demandMinor, currency, locale)}`
  const wanted = choice.filter(({ result }) => result === 'REPLACED').length
  return (
    <div className="grid gap-5">
      <p className="max-w-prose text-ink-soft">{t('text', { demand: `${c(`remedy.${demand}`)}${amount}` })}</p>
      {demand === 'REPLACEMENT' && (
        <form action={getPathname({ href: `${COMPLAINTS}/${view.id}`, locale })} className="grid max-w-2xl gap-3">
          <input type="hidden" name="act" value="accept" />
          <fieldset className="grid gap-3">
            <legend className="mb-1 font-medium">{t('choice')}</legend>
            <p className="text-sm text-ink-soft">{t('stock', { count: stock })}</p>
            <div className="grid gap-3 sm:grid-cols-2">
              {view.units.map(({ cdkId, position }) => (
                <SelectField
                  key={cdkId}
                  name="unit"
                  label={t('unit', { index: position })}
                  defaultValue={`${choice.find((one) => one.cdkId === cdkId)?.result ?? 'REFUNDED'}.${cdkId}`}
                >
                  <option value={`REPLACED.${cdkId}`}>{t('REPLACED')}</option>
                  <option value={`REFUNDED.${cdkId}`}>{t('REFUNDED')}</option>
                </SelectField>
              ))}
            </div>
          </fieldset>
          <Button type="submit" variant="secondary" className="justify-self-start">
            {t('recount')}
          </Button>
        </form>
      )}
      {wanted > stock ? (
        <Notice kind="warn" title={t('blocked')}>
          {t('short', { count: wanted, stock })}
        </Notice>
      ) : typeof effect === 'string' ? (
        <Notice kind="warn" title={t('blocked')}>
          {effect}
        </Notice>
      ) : (
        <AcceptDecision view={view} stock={stock} choice={choice} effect={effect} />
      )}
    </div>
  )
}
