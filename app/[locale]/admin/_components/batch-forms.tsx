import { useTranslations } from 'next-intl'
import { ActionForm, FormSelect, FormText, FormTextarea } from '@/components/ui/action-form'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { SubmitButton } from '@/components/ui/submit-button'
import type { AdminBatch } from '@/lib/queries/admin'
import { countOf } from '../../_console/batch-states'
import { freezeBatchAction, reviewBatchAction, unfreezeBatchAction } from '../batches/actions'

const FORM = 'grid justify-items-start gap-4'

/** What an operator says of the proofs that he has seen on this page. */
export function ReviewBatchForm({ batch }: { batch: AdminBatch }) {
  const t = useTranslations('batches')
  return (
    <ActionForm action={reviewBatchAction} done={t('reviewForm.done')} className={FORM}>
      <p className="text-ink-soft">{t('reviewForm.text')}</p>
      <input type="hidden" name="batchId" value={batch.id} />
      <input type="hidden" name="seenProofs" value={batch.proofs.length} />
      <div className="grid w-full gap-4">
        <FormSelect
          name="verdict"
          label={t('reviewForm.verdict')}
          defaultValue={batch.review === 'REJECTED' ? 'REJECTED' : 'APPROVED'}
        >
          <option value="APPROVED">{t('review.APPROVED')}</option>
          <option value="REJECTED">{t('review.REJECTED')}</option>
        </FormSelect>
        <FormTextarea
          name="note"
          label={t('reviewForm.note')}
          hint={t('reviewForm.noteHint')}
          optional
          rows={3}
          maxLength={500}
          defaultValue={batch.reviewNote ?? ''}
        />
      </div>
      <SubmitButton>{t('reviewForm.do')}</SubmitButton>
    </ActionForm>
  )
}

/** Names what it takes back and what leaves sale, and asks once. */
export function FreezeBatchForm({ batch }: { batch: AdminBatch }) {
  const t = useTranslations('batches.freeze')
  const [count, available] = [countOf(batch.states, 'DELIVERED'), countOf(batch.states, 'AVAILABLE')]
  return (
    <ActionForm action={freezeBatchAction} done={t('done')} className={FORM}>
      <p className="text-ink-soft">{t('text', { count })}</p>
      <input type="hidden" name="batchId" value={batch.id} />
      <div className="w-full">
        <FormText name="reason" label={t('reason')} hint={t('reasonHint')} minLength={2} maxLength={500} />
      </div>
      <ConfirmSubmit variant="danger" label={t('do')} question={t('question')} confirm={t('do')}>
        {t('body', { count, available })}
      </ConfirmSubmit>
    </ActionForm>
  )
}

export function UnfreezeBatchForm({ batchId }: { batchId: string }) {
  const t = useTranslations('batches.unfreeze')
  return (
    <ActionForm action={unfreezeBatchAction} done={t('done')} className={FORM}>
      <p className="text-ink-soft">{t('text')}</p>
      <input type="hidden" name="batchId" value={batchId} />
      <div className="w-full">
        <FormText name="note" label={t('note')} hint={t('noteHint')} minLength={2} maxLength={500} />
      </div>
      <ConfirmSubmit label={t('do')} question={t('question')} confirm={t('do')} danger={false}>
        {t('text')}
      </ConfirmSubmit>
    </ActionForm>
  )
}
