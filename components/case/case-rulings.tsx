import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'

/** What was ruled and why, per CDK; nothing before there is a ruling. Who ruled is not said. */
export function CaseRulings({ view: { rulings, units, currency } }: { view: CaseView }) {
  const t = useTranslations('case')
  const locale = useLocale()
  return rulings.map(({ appeal, at, byClock, compensationMinor, forBuyer, reasons, units: results }) => (
    <Card
      key={String(appeal)}
      title={t(appeal ? 'ruling.appeal' : 'ruling.title')}
      action={<Badge tone={forBuyer ? 'jade' : 'info'}>{t(forBuyer ? 'ruling.forBuyer' : 'ruling.forMerchant')}</Badge>}
    >
      <p className="text-sm text-ink-soft">
        <DateTime at={at} style="second" />
        {byClock && ` · ${t('ruling.byClock')}`}
      </p>
      <p className="mt-2 wrap-anywhere whitespace-pre-wrap">{reasons}</p>
      <ul className="mt-3 grid gap-1 text-[0.9375rem]">
        {results.map(({ cdkId, result, amountMinor }) => (
          <li key={cdkId}>
            {t('did.unit', {
              index: units.find((unit) => unit.cdkId === cdkId)?.position ?? 0,
              result: t(`result.${result}`),
            })}
            {amountMinor !== null && amountMinor > 0 && ` · ${formatMoney(amountMinor, currency, locale)}`}
          </li>
        ))}
        {compensationMinor > 0 && (
          <li>{t('ruling.paid', { amount: formatMoney(compensationMinor, currency, locale) })}</li>
        )}
      </ul>
    </Card>
  ))
}
