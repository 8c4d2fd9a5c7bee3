import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Notice } from '@/components/ui/notice'
import type { MerchantBatch } from '@/lib/queries/merchant'

/** What the mall decided on a batch: its freeze, what it said of the proofs. */
export function BatchNotices({ batch }: { batch: MerchantBatch }) {
  const t = useTranslations('batches.merchant')
  const { frozenAt, frozenReason, review, reviewNote } = batch
  return (
    <>
      {frozenAt && (
        <Notice kind="danger" title={t('frozenTitle')}>
          <p>
            {t.rich('frozenText', {
              at: () => <DateTime at={frozenAt} style="second" />,
              reason: frozenReason ?? '',
            })}
          </p>
          <p>{t('frozenRefunds', { count: batch.refundedOrders })}</p>
          <p>{t('frozenHint')}</p>
        </Notice>
      )}
      {review === 'REJECTED' && (
        <Notice kind="warn" title={t('rejectedTitle')}>
          {t('rejectedText', { note: reviewNote ?? '' })}
        </Notice>
      )}
      {review === 'PENDING' && <Notice title={t('pending')} />}
      {review === 'APPROVED' && (
        <Notice kind="success" title={t('approved')}>
          {reviewNote}
        </Notice>
      )}
    </>
  )
}
