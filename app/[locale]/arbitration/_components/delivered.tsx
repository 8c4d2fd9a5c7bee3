import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { AttributeKey } from '@/lib/domain/catalog'
import type { DeliveredBatch, DeliveredFile } from '@/lib/queries/arbitration'
import type { CaseView } from '@/lib/queries/case'
import { ReviewBadge } from '../../_console/batch-badges'
import { ChainEvents } from '../../_console/cdk-chains'
import { CopyId } from '../../_console/copy-id'
import { Fact, Facts } from '../../_console/facts'
import { SourceProofs } from '../../_console/source-proofs'

interface Props {
  view: CaseView
  file: DeliveredFile
}

/** What was bought beside what was delivered: the snapshot against the batch of each CDK. */
export function SnapshotAgainstDelivery({ view, file }: Props) {
  const t = useTranslations('arbitration.delivered')
  const promised = view.order.snapshot
  return (
    <Card title={t('title')}>
      <p className="mb-3 text-ink-soft">{t('text')}</p>
      {file.batches.length === 0 ? (
        <p className="text-ink-soft">{t('noBatch')}</p>
      ) : (
        <div className="grid gap-5">
          {file.batches.map((batch) => (
            <Compared
              key={batch.id}
              batch={batch}
              promised={promised}
              cdks={view.units.filter(({ cdkId }) =>
                file.cdks.some((cdk) => cdk.cdkId === cdkId && cdk.batchId === batch.id),
              )}
            />
          ))}
        </div>
      )}
    </Card>
  )
}

interface ComparedProps {
  batch: DeliveredBatch
  promised: CaseView['order']['snapshot']
  cdks: CaseView['units']
}

function Compared({ batch, promised, cdks }: ComparedProps) {
  const t = useTranslations('arbitration.delivered')
  const a = useTranslations('console.attribute')
  const b = useTranslations('batches')
  const said = promised.product.attributes
  const keys = [...new Set([...Object.keys(said), ...Object.keys(batch.attributes ?? {})])] as AttributeKey[]
  return (
    <section aria-label={t('batchOf', { cdks: cdks.map(({ position }) => position).join(', ') })}>
      <h3 className="mb-2 font-medium">{t('batchOf', { cdks: cdks.map(({ position }) => position).join(', ') })}</h3>
      <Facts>
        {keys.map((key) => {
          const [then, now] = [said[key] ?? t('unsaid'), batch.attributes?.[key] ?? t('unsaid')]
          return (
            <Fact key={key} term={a(key)}>
              {t('promised')} {then} <span className="text-ink-soft">·</span> {t('came')} {now}{' '}
              {then !== now && <Badge tone="danger">{t('differs')}</Badge>}
            </Fact>
          )
        })}
        <Fact term={t('expiry')}>
          <ul className="grid">
            {cdks.map(({ cdkId, position, deliveredAt, expiresAt }) => (
              <li key={cdkId}>
                {t('cdk', { index: position })} {expiresAt ? <DateTime at={expiresAt} /> : t('endless')}{' '}
                {expiresAt && deliveredAt && expiresAt <= deliveredAt && <Badge tone="danger">{t('expired')}</Badge>}
              </li>
            ))}
          </ul>
        </Fact>
        <Fact term={t('validity')}>
          {promised.validityDays === null ? t('unsaid') : b('fact.days', { days: promised.validityDays })}
        </Fact>
        <Fact term={t('source')}>
          {b(`source.${batch.source}`)} · {b(`kind.${batch.kind}`)} · <DateTime at={batch.createdAt} />
          {batch.sourceNote && <span className="block break-words">{batch.sourceNote}</span>}
        </Fact>
        <Fact term={t('review')}>
          <ReviewBadge review={batch.review} />
          {batch.frozenAt && <Badge tone="danger">{b('frozen')}</Badge>}
          {batch.reviewNote && <span className="block break-words">{batch.reviewNote}</span>}
        </Fact>
      </Facts>
      {batch.proofs.length > 0 && (
        <div className="mt-3 [&>ul]:grid-cols-1!">
          <SourceProofs proofs={batch.proofs} />
        </div>
      )}
    </section>
  )
}

/** What the provenance log says of each CDK, its whole life. */
export function CdkLives({ view, file }: Props) {
  const t = useTranslations('arbitration.delivered')
  if (file.cdks.length === 0) return null
  return (
    <Card title={t('log')}>
      <p className="mb-3 text-sm text-ink-soft">{t('logText')}</p>
      <div className="grid gap-3">
        {file.cdks.map(({ cdkId, chain }) => {
          const name = t('cdk', { index: view.units.find((unit) => unit.cdkId === cdkId)?.position ?? 0 })
          return (
            <details key={cdkId} className="border-t border-line pt-2">
              <summary className="min-h-9 cursor-pointer font-medium">{name}</summary>
              <div className="mb-2 text-ink-soft">
                <CopyId id={cdkId} what={name} />
              </div>
              <ChainEvents chain={chain} />
            </details>
          )
        })}
      </div>
    </Card>
  )
}
