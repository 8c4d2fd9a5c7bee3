import { useTranslations } from 'next-intl'
import { Badge, type Tone } from '@/components/ui/badge'
import type { BatchReview } from '@/lib/infra/prisma/enums'

const REVIEW: Record<BatchReview, Tone> = { NONE: 'neutral', PENDING: 'amber', APPROVED: 'jade', REJECTED: 'danger' }

/** What operators said of a batch's proofs; `bare` when its category asks for some and it has none. */
export function ReviewBadge({ review, bare = false }: { review: BatchReview; bare?: boolean }) {
  const t = useTranslations('batches')
  return bare && review === 'NONE' ? (
    <Badge tone="amber">{t('bare')}</Badge>
  ) : (
    <Badge tone={REVIEW[review]}>{t(`review.${review}`)}</Badge>
  )
}

/** Whether its codes are in circulation. */
export function BatchBadge({ frozenAt, retiredAt }: { frozenAt: Date | null; retiredAt: Date | null }) {
  const t = useTranslations('batches')
  if (frozenAt) return <Badge tone="danger">{t('frozen')}</Badge>
  return retiredAt ? <Badge tone="neutral">{t('retired')}</Badge> : <Badge tone="jade">{t('onSale')}</Badge>
}
