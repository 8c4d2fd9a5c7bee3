import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Card } from '@/components/ui/card'
import { isTariff } from '@/lib/domain/merchants'
import { formatMoney } from '@/lib/kernel/money'
import type { CaseView } from '@/lib/queries/case'

/** What this case cost the merchant's deposit. */
export function PenaltyCard({ view: { penalties } }: { view: CaseView }) {
  const t = useTranslations('claims')
  const locale = useLocale()
  return (
    <Card title={t('penalties.title')}>
      <ul className="grid gap-1">
        {penalties.map(({ tariff, amountMinor, takenMinor, currency, at, returnedAt }) => (
          <li key={tariff}>
            {t('penalties.line', {
              name: isTariff(tariff) ? t(`tariff.${tariff}`) : tariff,
              amount: formatMoney(amountMinor, currency, locale),
              taken: formatMoney(takenMinor, currency, locale),
            })}{' '}
            <span className="text-sm text-ink-soft">
              <DateTime at={at} /> {returnedAt && t('penalties.returned')}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
