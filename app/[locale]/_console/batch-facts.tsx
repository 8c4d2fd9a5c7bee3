import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import type { AdminBatch } from '@/lib/queries/admin'
import type { MerchantBatch } from '@/lib/queries/merchant'
import { CopyId } from './copy-id'
import { Fact, Facts } from './facts'
import { offerName } from './local'

/** What is known of a batch; `offer` leads where its reader may go. */
export function BatchFactList({
  batch,
  offer,
  children,
}: {
  batch: MerchantBatch | AdminBatch
  offer: (name: string) => ReactNode
  children?: ReactNode
}) {
  const t = useTranslations('batches')
  const days = (count: number | null) => (count === null ? t('fact.none') : t('fact.days', { days: count }))
  return (
    <Facts>
      {children}
      <Fact term={t('fact.offer')}>{offer(offerName(useLocale(), batch))}</Fact>
      <Fact term={t('fact.uploaded')}>
        <DateTime at={batch.createdAt} style="second" /> · {t(`kind.${batch.kind}`)}{' '}
        <span className="text-ink-soft">{batch.uploadedBy}</span>
      </Fact>
      <Fact term={t('fact.file')}>{batch.fileName ?? t('pasted')}</Fact>
      <Fact term={t('fact.taken')}>
        <span className="tabular-nums">
          {batch.acceptedCount} / {batch.rejectedCount}
        </span>
      </Fact>
      <Fact term={t('fact.source')}>{t(`source.${batch.source}`)}</Fact>
      <Fact term={t('fact.note')}>{batch.sourceNote ?? t('fact.none')}</Fact>
      <Fact term={t('fact.cost')}>
        {batch.costMinor === null ? t('fact.none') : <Money minor={batch.costMinor} currency={batch.currency} />}
      </Fact>
      <Fact term={t('fact.validity')}>{days(batch.validityDays)}</Fact>
      {batch.promisedDays !== null && <Fact term={t('fact.listing')}>{days(batch.promisedDays)}</Fact>}
      {batch.seats > 1 && <Fact term={t('fact.seats')}>{batch.seats}</Fact>}
      {batch.retiredAt && (
        <Fact term={t('fact.retiredAt')}>
          <DateTime at={batch.retiredAt} style="second" />
        </Fact>
      )}
      <Fact term={t('fact.batchId')}>
        <CopyId id={batch.id} what={t('fact.batchId')} />
      </Fact>
    </Facts>
  )
}
