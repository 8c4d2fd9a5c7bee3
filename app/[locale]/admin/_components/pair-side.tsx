import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import type { CdkState } from '@/lib/infra/prisma/enums'
import { CopyId } from '../../_console/copy-id'
import { Fact, Facts } from '../../_console/facts'
import { TextLink } from '../../_console/text-link'
import { orderLink, OrderLinks } from './cells'
import { PairState } from './pair-state'

interface Side {
  readonly merchantId: string
  readonly merchant: string
  /** Null when the import refused it. */
  readonly cdkId: string | null
  readonly state: CdkState | null
  readonly batchId: string | null
  readonly frozen: boolean
  readonly orderId: string | null
  readonly order: string | null
  readonly at: Date | null
  /** Where it stood in the upload. */
  readonly line: number | null
}

/** One of two merchants with the same code: where the code is, and the way to its batch. */
export function PairSide({ side }: { side: Side }) {
  const t = useTranslations('batches.pairs')
  const b = useTranslations('batches')
  return (
    <Facts>
      <Fact term={t('merchant')}>
        <TextLink href={`/admin/merchants/${side.merchantId}`}>{side.merchant}</TextLink>
      </Fact>
      <Fact term={t('cdk')}>
        <span className="inline-flex flex-wrap items-center gap-2">
          <PairState state={side.state} refused={side.cdkId === null} />
          {side.cdkId !== null && <CopyId id={side.cdkId} what={t('cdk')} />}
          {side.line !== null && <span className="text-ink-soft">{t('line', { line: side.line })}</span>}
        </span>
      </Fact>
      {side.at && (
        <Fact term={t('importedAt')}>
          <DateTime at={side.at} style="second" />
        </Fact>
      )}
      <Fact term={t('batch')}>
        {side.batchId === null ? (
          '–'
        ) : (
          <span className="inline-flex flex-wrap items-center gap-2">
            <TextLink href={`/admin/batches/${side.batchId}`}>{t('toBatch')}</TextLink>
            {side.frozen && <Badge tone="danger">{b('frozen')}</Badge>}
          </span>
        )}
      </Fact>
      <Fact term={t('order')}>
        <OrderLinks orders={orderLink(side.orderId, side.order)} />
      </Fact>
    </Facts>
  )
}
