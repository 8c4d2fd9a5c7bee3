import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import type { OrderSnapshot } from '@/lib/domain/orders'
import { CopyId } from './copy-id'
import { Fact, Facts } from './facts'
import { localText } from './local'

/** What the order was bought under: frozen at purchase, with the hash over all of it. */
export function SnapshotFacts({
  snapshot: { product, merchant, rules, delivery },
  hash,
  check,
}: {
  snapshot: OrderSnapshot
  hash: string
  check?: ReactNode
}) {
  const t = useTranslations('console.snapshot')
  const a = useTranslations('console.attribute')
  const d = useTranslations('delivery.facts')
  const locale = useLocale()
  return (
    <Card title={t('title')}>
      <p className="mb-3 text-ink-soft">{t('text')}</p>
      <Facts>
        <Fact term={t('category')}>{localText(locale, product.category.nameZh, product.category.nameEn)}</Fact>
        {Object.entries(product.attributes).map(([key, value]) => (
          <Fact key={key} term={a.has(key as 'region') ? a(key as 'region') : key}>
            {value}
          </Fact>
        ))}
        <Fact term={t('address')}>{product.downloadUrl ?? t('none')}</Fact>
        <Fact term={t('merchant')}>
          {merchant.name} · {merchant.legalName}
        </Fact>
        <Fact term={d('term')}>
          {delivery.kind === 'MANUAL' && d('byHand', { hours: delivery.hours ?? 0 })}
          {delivery.kind === 'SHARED' && d('shared', { seats: delivery.seats ?? 0 })}
          {delivery.kind === 'AUTOMATIC' && d('AUTOMATIC')}
        </Fact>
        <Fact term={t('payWindow')}>{t('minutes', { count: rules.payWindowMinutes })}</Fact>
        <Fact term={t('inspection')}>
          {t('hours', { count: rules.inspectionHours })}
          {rules.inspectionHoursAfterReveal !== null && t('afterReveal', { count: rules.inspectionHoursAfterReveal })}
        </Fact>
        <Fact term={t('hash')}>
          <CopyId id={hash} what={t('hash')} whole />
          {check}
        </Fact>
      </Facts>
    </Card>
  )
}
