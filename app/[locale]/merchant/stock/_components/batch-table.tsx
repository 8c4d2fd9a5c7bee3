import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { StockBatchRow } from '@/lib/queries/merchant'
import { ActionForm } from '@/components/ui/action-form'
import { CopyId } from '../../../_console/copy-id'
import { TextLink } from '../../../_console/text-link'
import { retireBatchAction } from '../actions'

/** Uploads of one variant; what is left of one can be retired, after one question that names how many. */
export function BatchTable({ batches }: { batches: readonly StockBatchRow[] }) {
  const t = useTranslations('merchant.stock')
  const c = useTranslations('console.column')
  const s = useTranslations('console.cdk')
  if (batches.length === 0) return <EmptyState title={t('noBatches')}>{t('noBatchesText')}</EmptyState>
  return (
    <Table caption={t('batches')}>
      <Thead>
        <Th>{c('uploadedAt')}</Th>
        <Th>{c('batch')}</Th>
        <Th>{c('file')}</Th>
        <Th numeric>{c('accepted')}</Th>
        <Th numeric>{c('rejected')}</Th>
        <Th numeric>{s('AVAILABLE')}</Th>
        <Th numeric>{s('DELIVERED')}</Th>
        <Th numeric>{s('RETIRED')}</Th>
        <Th>{c('action')}</Th>
      </Thead>
      <Tbody>
        {batches.map((batch) => (
          <Tr key={batch.id}>
            <Td label={c('uploadedAt')}>
              <span>
                <DateTime at={batch.createdAt} />
                <span className="block text-sm text-ink-soft">{batch.uploadedBy}</span>
              </span>
            </Td>
            <Td label={c('batch')}>
              <CopyId id={batch.id} what={c('batch')} />
            </Td>
            <Td label={c('file')}>
              <TextLink href={`/merchant/stock/batches/${batch.id}`}>{batch.fileName ?? t('pasted')}</TextLink>
            </Td>
            <Td label={c('accepted')} numeric>
              {batch.acceptedCount}
            </Td>
            <Td label={c('rejected')} numeric>
              {batch.rejectedCount}
            </Td>
            <Td label={s('AVAILABLE')} numeric>
              {batch.available}
            </Td>
            <Td label={s('DELIVERED')} numeric>
              {batch.delivered}
            </Td>
            <Td label={s('RETIRED')} numeric>
              {batch.retired}
            </Td>
            <Td>
              {batch.available > 0 ? (
                <ActionForm action={retireBatchAction} className="grid gap-2">
                  <input type="hidden" name="batchId" value={batch.id} />
                  <ConfirmSubmit
                    size="sm"
                    label={t('retire')}
                    question={t('retireQuestion', { count: batch.available })}
                    confirm={t('retireConfirm', { count: batch.available })}
                  >
                    {t('retireText')}
                  </ConfirmSubmit>
                </ActionForm>
              ) : (
                <span className="text-sm text-ink-soft">{t('nothingLeft')}</span>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
