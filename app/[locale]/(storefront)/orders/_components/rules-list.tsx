import { useTranslations } from 'next-intl'
import type { AfterSaleRules } from '@/lib/domain/catalog'

/** The after-sale rules of one order in plain words, with its own numbers. */
export function RulesList({ rules }: { rules: AfterSaleRules }) {
  const t = useTranslations('order.checkout.rules')
  const { payWindowMinutes: minutes, inspectionHours: hours, inspectionHoursAfterReveal: after } = rules
  return (
    <ul className="grid list-disc gap-1.5 ps-5 text-[0.9375rem] text-ink-soft">
      <li>{t('pay', { minutes })}</li>
      <li>{t('late')}</li>
      <li>{after === null ? t('inspect', { hours }) : t('inspectReveal', { hours, after })}</li>
      <li>{t('auto')}</li>
      <li>{t('refund')}</li>
    </ul>
  )
}
