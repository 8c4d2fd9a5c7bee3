import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import type { MerchantBatch } from '@/lib/queries/merchant'
import { BatchFactsFields } from '../../imports/_components/batch-facts'
import { describeBatchAction } from '../actions'

/** Source, cost and promise of a batch, as the merchant states them. */
export function DescribeForm({ batch }: { batch: MerchantBatch }) {
  const t = useTranslations('batches.merchant')
  return (
    <ActionForm action={describeBatchAction} done={t('saved')} className="grid justify-items-start gap-5">
      <input type="hidden" name="batchId" value={batch.id} />
      <BatchFactsFields facts={batch} promised={batch.promisedDays} seats={null} />
      <SubmitButton>{t('save')}</SubmitButton>
    </ActionForm>
  )
}
