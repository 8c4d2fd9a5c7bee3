import { useTranslations } from 'next-intl'
import { ActionForm, FormCheckbox } from '@/components/ui/action-form'
import { Card } from '@/components/ui/card'
import { SubmitButton } from '@/components/ui/submit-button'
import type { BatchFacts } from '@/lib/domain/stock-imports'
import type { MerchantImport } from '@/lib/queries/merchant'
import { chooseImportAction } from '../actions'
import type { ImportPreview } from '../import-preview'
import type { ShownImport } from '../import-input'
import { BatchFactsFields } from './batch-facts'
import { LookOnChange } from './look-on-change'
import { MappingTable } from './mapping-table'
import { ShapeFields } from './shape-fields'

interface Props {
  readonly found: MerchantImport
  readonly preview: ImportPreview
  readonly facts: BatchFacts
  /** The merchant himself has set what the columns mean. */
  readonly mapped: boolean
}

/** An upload that waits for its merchant: how it is read, what its columns mean, where the batch comes from, and what to do with it. */
export function ImportForm({ found, preview, facts, mapped }: Props) {
  const t = useTranslations('imports')
  const p = useTranslations('upload.preview')
  const shown: ShownImport = {
    choices: preview.choices,
    names: preview.columns.map(({ name }) => name),
    mapped,
    certain: preview.certain,
  }
  return (
    <ActionForm action={chooseImportAction} className="grid gap-5">
      <input type="hidden" name="importId" value={found.id} />
      <input type="hidden" name="shown" value={JSON.stringify(shown)} />
      <Card title={t('step.read')}>
        <LookOnChange>
          <p className="text-ink-soft">{t('step.readHint')}</p>
          <ShapeFields preview={preview} />
          <MappingTable preview={preview} />
          <p className="text-sm text-ink-soft">
            {t('rowsShown', { count: preview.rows })} {t('masked')}
          </p>
        </LookOnChange>
        {preview.delivered !== null && (
          <div className="mt-5 grid gap-1.5">
            <p className="font-medium">{p('delivered')}</p>
            <pre className="rounded-md bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
              {preview.delivered}
            </pre>
          </div>
        )}
        <div className="mt-5">
          <SubmitButton name="intent" value="look" variant="secondary" size="sm" formNoValidate>
            {t('look')}
          </SubmitButton>
        </div>
      </Card>
      <Card title={t('step.facts')}>
        <p className="mb-4 text-ink-soft">{t('step.factsHint')}</p>
        <BatchFactsFields facts={facts} promised={found.validityDays} seats={found.sharedSeats} />
      </Card>
      <Card title={t('step.decide')}>
        <div className="grid gap-4">
          <div className="grid gap-2">
            <FormCheckbox
              name="allOrNothing"
              optional
              label={p('allOrNothing')}
              hint={p('allOrNothingHint')}
              defaultChecked={found.allOrNothing}
            />
            {!preview.certain && <FormCheckbox name="checked" label={p('checked')} hint={p('checkedHint')} />}
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton name="intent" value="run">
              {t('run')}
            </SubmitButton>
            <SubmitButton name="intent" value="check" variant="secondary">
              {t('check')}
            </SubmitButton>
          </div>
          <p className="text-sm text-ink-soft">{t('checkHint')}</p>
        </div>
      </Card>
    </ActionForm>
  )
}
