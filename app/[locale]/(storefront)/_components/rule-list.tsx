import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { AfterSaleRules } from '@/lib/domain/catalog'
import { latePenaltyOf } from '@/lib/domain/orders'
import { formatMoney, percentOf } from '@/lib/kernel/money'

/** The after-sale rules in sentences, with the numbers that hold for this category, in the sequence of an order's life. */
export function RuleList({ rules, columns = false }: { rules: AfterSaleRules; columns?: boolean }) {
  const t = useTranslations('storefront.rules')
  const d = useTranslations('delivery.rule')
  const locale = useLocale()
  const { inspectionHours: hours, inspectionHoursAfterReveal: reveal, lateDeliveryPenaltyBps: bps } = rules
  const least = formatMoney(latePenaltyOf(1, bps), 'CNY', locale)
  return (
    <div className="grid gap-5">
      <ol className={`grid gap-x-8 gap-y-4 ${columns ? 'sm:grid-cols-2 lg:grid-cols-4' : 'sm:grid-cols-2'}`}>
        <Rule title={t('hold.title')}>{t('hold.body', { minutes: rules.payWindowMinutes })}</Rule>
        <Rule title={t('deliver.title')}>{t('deliver.body')}</Rule>
        <Rule title={d('title')}>
          {bps === 0 ? d('bodyFree') : d('body', { percent: percentOf(bps, locale), least })}
        </Rule>
        <Rule title={t('inspect.title', { hours })}>
          {reveal === null ? t('inspect.body', { hours }) : t('inspect.bodyReveal', { hours, reveal })}
        </Rule>
        <Rule title={t('complain.title')}>
          {t('complain.body', { hours: rules.merchantReplyHours, evidence: rules.buyerEvidenceHours })}
        </Rule>
        <Rule title={t('arbitrate.title')}>
          {t('arbitrate.body', {
            hours: rules.escalationHours,
            target: rules.arbitrationHours,
            refund: rules.arbitrationRefundDays,
          })}
        </Rule>
        <Rule title={t('appeal.title')}>{t('appeal.body', { days: rules.appealDays })}</Rule>
        <Rule title={t('after.title')}>{t('after.body', { days: rules.claimDays, fraud: rules.fraudClaimDays })}</Rule>
        <Rule title={t('refund.title')}>{t('refund.body')}</Rule>
      </ol>
    </div>
  )
}

function Rule({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <li className="min-w-0 border-t-2 border-line pt-2.5">
      <h3 className="text-base">{title}</h3>
      <p className="mt-1 text-[0.9375rem] text-ink-soft">{children}</p>
    </li>
  )
}
