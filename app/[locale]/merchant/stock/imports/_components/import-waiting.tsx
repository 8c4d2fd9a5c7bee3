import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { buttonClass } from '@/components/ui/button'
import { ConfirmSubmit } from '@/components/ui/confirm-submit'
import { cx } from '@/components/ui/cx'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { BatchFacts } from '@/lib/domain/stock-imports'
import { db } from '@/lib/infra/db'
import { Refusal } from '@/lib/kernel/refusal'
import { type MerchantImport, findStoredUpload } from '@/lib/queries/merchant'
import { limit } from '@/lib/web/rate-limit'
import { refusalMessage } from '@/lib/web/refusal-message'
import { ImportProofs } from '../../batches/_components/import-proofs'
import { cancelImportAction, rereadImportAction } from '../actions'
import { ImportDraft } from '../import-draft'
import { readPreview } from '../read-preview'
import { FailureText } from './failure-text'
import { ImportForm } from './import-form'

/** An upload that waits for its merchant's choices: its first rows as they are read now, and the form; or why it cannot be read. */
export async function ImportWaiting({ merchantId, found }: { merchantId: string; found: MerchantImport }) {
  const t = await getTranslations('imports')
  const upload = await findStoredUpload(db(), merchantId, found.id)
  const draft = ImportDraft.parse(found.choices)
  const locale = await getLocale()
  try {
    await limit('preview:merchant', merchantId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return <Notice kind="warn">{refusalMessage(error, locale)}</Notice>
  }
  const read = upload
    ? await readPreview(upload, draft, new Date())
    : ({ status: 'unreadable', reason: 'gone' } as const)
  const proofs = <ImportProofs merchantId={merchantId} importId={found.id} />
  return (
    <>
      {found.requiresProof && proofs}
      {read.status === 'read' ? (
        <Folded fold={found.state === 'CHECKED'} name={t('change')}>
          <ImportForm
            found={found}
            preview={read.preview}
            facts={factsOf(found)}
            mapped={draft.mapping !== undefined}
          />
        </Folded>
      ) : (
        <Notice kind="danger" title={t('unreadable')}>
          <FailureText failure={read.reason} />
        </Notice>
      )}
      {!found.requiresProof && proofs}
      <div className="flex flex-wrap gap-3">
        {read.status === 'unreadable' && Object.keys(draft.shape).length > 0 && (
          <ActionForm action={rereadImportAction}>
            <input type="hidden" name="importId" value={found.id} />
            <SubmitButton>{t('reread')}</SubmitButton>
          </ActionForm>
        )}
        <ActionForm action={cancelImportAction}>
          <input type="hidden" name="importId" value={found.id} />
          <ConfirmSubmit label={t('discard')} question={t('discardQuestion')} confirm={t('discardConfirm')}>
            {t('discardText')}
          </ConfirmSubmit>
        </ActionForm>
      </div>
    </>
  )
}

/** After a dry run the next step is to import; another reading is out of its way. */
function Folded({ fold, name, children }: { fold: boolean; name: string; children: ReactNode }) {
  if (!fold) return children
  return (
    <details className="group">
      <summary className={cx(buttonClass({ variant: 'secondary' }), 'cursor-pointer group-open:mb-5')}>{name}</summary>
      {children}
    </details>
  )
}

/** As chosen so far; a shared code is at first for as many buyers as the variant promises. */
function factsOf({ batchFacts, sharedSeats }: MerchantImport): BatchFacts {
  return BatchFacts.parse({ ...(sharedSeats !== null && { seats: sharedSeats }), ...Object(batchFacts) })
}
