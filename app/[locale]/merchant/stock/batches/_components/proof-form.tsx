import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { SubmitButton } from '@/components/ui/submit-button'
import { MAX_PROOFS, PROOF_TYPES } from '@/lib/domain/batches'
import { addImportProofAction, addProofAction } from '../actions'

/** Uploads one proof, for a batch or for an import that has none yet. Works without JavaScript. */
export function ProofForm({ of, count }: { of: { batchId: string } | { importId: string }; count: number }) {
  const t = useTranslations('batches.proofs')
  if (count >= MAX_PROOFS) return <p className="text-ink-soft">{t('full', { most: MAX_PROOFS })}</p>
  const [name, id] = 'batchId' in of ? ['batchId', of.batchId] : ['importId', of.importId]
  return (
    <ActionForm
      action={'batchId' in of ? addProofAction : addImportProofAction}
      done={t('done')}
      className="grid justify-items-start gap-4"
    >
      <input type="hidden" name={name} value={id} />
      <Field label={t('file')} hint={t('hint', { most: MAX_PROOFS })}>
        {(aria) => <Input type="file" name="file" required accept={PROOF_TYPES.join(',')} {...aria} />}
      </Field>
      <SubmitButton variant="secondary">{t('add')}</SubmitButton>
    </ActionForm>
  )
}
