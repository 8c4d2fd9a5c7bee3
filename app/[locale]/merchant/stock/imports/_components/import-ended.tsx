import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import type { MerchantImport } from '@/lib/queries/merchant'
import { startImportAction } from '../actions'
import { rejectedOf } from '../verdicts'
import { FailureText } from './failure-text'
import { VerdictCounts } from './verdict-counts'

/** What became of an upload, or would become of it: the outcome first, then the lines by verdict. */
export function ImportEnded({ found }: { found: MerchantImport }) {
  const t = useTranslations('imports')
  const counted = Object.keys(found.counts).length > 0
  return (
    <Card title={t('report')}>
      <div className="grid gap-5">
        <Outcome found={found} />
        {counted && <VerdictCounts counts={found.counts} />}
        <div className="flex flex-wrap gap-3">
          {found.state === 'CHECKED' && (found.counts.accepted ?? 0) > 0 && (
            <ActionForm action={startImportAction} className="grid gap-3">
              <input type="hidden" name="importId" value={found.id} />
              <SubmitButton>{t('runChecked')}</SubmitButton>
            </ActionForm>
          )}
          {found.state !== 'CHECKED' && found.batchId !== null && (
            <ButtonLink href={`/merchant/stock/batches/${found.batchId}`} variant="secondary">
              {t('batch')}
            </ButtonLink>
          )}
          {found.state !== 'CHECKED' && (
            <ButtonLink href={`/merchant/stock/${found.variantId}`} variant="secondary">
              {t(found.state === 'DONE' ? 'more' : 'again')}
            </ButtonLink>
          )}
        </div>
      </div>
    </Card>
  )
}

function Outcome({ found: { state, counts, failure, batchId, cancelAskedAt } }: { found: MerchantImport }) {
  const t = useTranslations('imports')
  const [accepted, rejected] = [counts.accepted ?? 0, rejectedOf(counts)]
  if (state === 'DONE' || state === 'CHECKED') {
    const name = state === 'DONE' ? 'done' : 'checked'
    return (
      <Notice
        kind={accepted === 0 ? 'warn' : state === 'DONE' ? 'success' : 'info'}
        live
        title={t(`${name}.title`, { count: accepted })}
      >
        {rejected === 0 ? t(`${name}.all`) : t(`${name}.some`, { count: rejected })}
      </Notice>
    )
  }
  if (state === 'REFUSED') {
    return (
      <Notice kind="warn" live title={t('refused.title')}>
        {t('refused.text', { count: rejected - (counts.empty ?? 0) })}
      </Notice>
    )
  }
  const taken = batchId !== null && accepted > 0
  if (state === 'CANCELLED') {
    return (
      <Notice kind="warn" live title={t('cancelled.title')}>
        {cancelAskedAt === null
          ? t('cancelled.undecided')
          : taken
            ? t('cancelled.text', { count: accepted })
            : t('cancelled.none')}
      </Notice>
    )
  }
  return (
    <Notice kind="danger" live title={t('failed.title')}>
      <FailureText failure={failure} /> {taken ? t('failed.kept', { count: accepted }) : t('failed.none')}
    </Notice>
  )
}
