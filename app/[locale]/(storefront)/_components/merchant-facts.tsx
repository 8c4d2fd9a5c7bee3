import { useFormatter, useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { MOST_COUNTED_ORDERS, type PublicMerchant } from '@/lib/queries/storefront'
import { wholeMoney } from './whole-money'

/** What the mall knows of a merchant: who they are by law, their deposit, their record. */
export function MerchantFacts({ merchant }: { merchant: PublicMerchant }) {
  const t = useTranslations('storefront.merchant')
  const locale = useLocale()
  const format = useFormatter()
  const { depositMinor, completedOrders, feeBps } = merchant
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      <Fact term={t('legalName')}>{merchant.legalName}</Fact>
      <Fact term={t('legalNumber')}>
        <span className="font-mono text-[0.9375rem] break-all">{merchant.legalNumber}</span>
      </Fact>
      <Fact term={t('deposit')} hint={t('depositHint')}>
        {depositMinor > 0 ? wholeMoney(depositMinor, 'CNY', locale) : t('noDeposit')}
      </Fact>
      <Fact term={t('orders')}>
        {completedOrders >= MOST_COUNTED_ORDERS ? t('ordersMany') : format.number(completedOrders)}
      </Fact>
      <Fact term={t('since')}>
        <DateTime at={merchant.since} style="day" />
      </Fact>
      <Fact term={t('fee')}>
        {t('feeBody', { percent: format.number(feeBps / 10_000, { style: 'percent', maximumFractionDigits: 2 }) })}
      </Fact>
    </dl>
  )
}

function Fact({ term, hint, children }: { term: ReactNode; hint?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{term}</dt>
      <dd className="tabular-nums">{children}</dd>
      {hint && <dd className="text-2xs text-ink-soft">{hint}</dd>}
    </div>
  )
}
