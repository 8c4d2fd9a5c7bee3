import { useLocale, useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CheckboxField, SelectField, TextField } from '@/components/ui/field'
import { getPathname } from '@/i18n/navigation'
import { tariffsOf } from '@/lib/domain/arbitration'
import { FAILURE_STANDARD } from '@/lib/domain/complaints'
import type { UnitResult } from '@/lib/infra/prisma/enums'
import { formatMoney } from '@/lib/kernel/money'
import type { ArbitrationFile, Chosen } from '@/lib/queries/arbitration'
import type { CaseView } from '@/lib/queries/case'

interface Props {
  view: CaseView
  file: ArbitrationFile
  /** What the address holds; null before anything was looked at. */
  chosen: Chosen | null
}

const RESULTS = ['REFUNDED', 'REPLACED', 'COMPENSATED', 'REJECTED'] as const
const BY_REMEDY = { REFUND: 'REFUNDED', REPLACEMENT: 'REPLACED', COMPENSATION: 'COMPENSATED' } as const

/**
 * The decision, per CDK; the next step shows what it does to the money before it is signed. A GET form: nothing is decided by it, it works
 * without JavaScript, and the address can be kept.
 */
export function DecisionTable({ view, file, chosen }: Props) {
  const t = useTranslations('arbitration.decision')
  const k = useTranslations('case')
  const p = useTranslations('transparency.tariffOf')
  const locale = useLocale()
  const money = (minor: number) => formatMoney(minor, view.currency, locale)
  const before = (cdkId: string) => file.firstRuling?.units.find((unit) => unit.cdkId === cdkId)?.result
  const usual: UnitResult = BY_REMEDY[FAILURE_STANDARD[view.failure].remedy]
  const tariffs = tariffsOf(view.failure)
  const compensationMinor = chosen?.compensationMinor ?? file.firstRuling?.compensationMinor ?? 0
  return (
    <Card title={t('title')} id="decision">
      <form
        action={`${getPathname({ href: `/arbitration/${view.id}`, locale })}#effect`}
        className="grid gap-4"
        aria-label={t('title')}
      >
        <input type="hidden" name="look" value="yes" />
        <p className="text-ink-soft">{t(view.units.length === 0 ? 'textCharge' : 'text', { stock: file.stock })}</p>
        {view.units.map(({ cdkId, position, priceMinor }) => {
          const was = before(cdkId)
          const value = chosen?.units.find((unit) => unit.cdkId === cdkId)?.result ?? was ?? usual
          return (
            <SelectField
              key={`${cdkId}-${value}`}
              name={`u${position}`}
              label={t('cdk', { index: position, price: money(priceMinor) })}
              defaultValue={value}
              {...(was ? { hint: t('was', { result: k(`result.${was}`) }) } : {})}
            >
              {RESULTS.filter((result) => may(was, result)).map((result) => (
                <option key={result} value={result}>
                  {t(`result.${result}`)}
                </option>
              ))}
            </SelectField>
          )
        })}
        <TextField
          key={compensationMinor}
          name="amount"
          label={t('compensation')}
          hint={t(view.units.length === 0 ? 'compensationHintCharge' : 'compensationHint', {
            stake: money(view.demandMinor ?? view.stakeMinor),
          })}
          inputMode="decimal"
          defaultValue={compensationMinor === 0 ? '' : (compensationMinor / 100).toFixed(2)}
          optional
        />
        {tariffs.map((tariff) => (
          <CheckboxField
            key={tariff}
            name="tariff"
            value={tariff}
            label={t('penalty', { tariff: p(tariff) })}
            hint={t('penaltyHint')}
            defaultChecked={chosen === null || chosen.tariffs.includes(tariff)}
            optional
          />
        ))}
        <div>
          <Button type="submit" variant="secondary">
            {t('look')}
          </Button>
        </div>
      </form>
    </Card>
  )
}

/** On appeal: what was granted stays or is taken back, what was rejected may get anything. */
function may(was: UnitResult | undefined, result: UnitResult): boolean {
  return was === undefined || was === 'REJECTED' || result === was || result === 'REJECTED'
}
