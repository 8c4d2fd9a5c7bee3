'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CheckboxField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import type { UploadChoices } from '../upload-choices'
import type { UploadPreview } from '../upload-preview'
import { REJECTIONS } from '../upload-report'
import { MappingTable } from './mapping-table'
import { RejectedLines } from './rejected-lines'
import { ShapeFields } from './shape-fields'
import { VerdictCounts } from './verdict-counts'

interface Props {
  readonly preview: UploadPreview
  /** Another preview or the import is under way. */
  readonly busy: boolean
  readonly onChoose: (choices: UploadChoices) => void
  readonly onImport: (choices: UploadChoices) => void
}

/** The dry run: how the upload is read, what its columns mean, what would become of its lines, and the button that does it. */
export function PreviewView({ preview, busy, onChoose, onImport }: Props) {
  const t = useTranslations('upload')
  const p = useTranslations('upload.preview')
  // What was chosen shows at once; the answer to it, when it comes, is another preview.
  const [draft, setDraft] = useState<{ of: UploadPreview; choices: UploadChoices } | null>(null)
  const [checked, setChecked] = useState(false)
  const choices = { ...preview.choices, ...(draft?.of === preview && draft.choices) }
  const { counts } = preview.report
  const rejected = REJECTIONS.reduce((sum, verdict) => sum + counts[verdict], 0)
  const ready = counts.accepted > 0 && (preview.certain || checked) && !busy

  function choose(next: UploadChoices) {
    setDraft({ of: preview, choices: next })
    setChecked(false)
    onChoose(next)
  }

  return (
    <section aria-labelledby="preview" className="grid gap-5 border-t border-line pt-5" aria-busy={busy}>
      <h3 id="preview" className="font-semibold">
        {p('title')}
      </h3>
      <Notice kind={counts.accepted > 0 ? 'info' : 'warn'} live title={p('wouldTake', { count: counts.accepted })}>
        {rejected === 0 ? p('wouldTakeAll') : p('wouldReject', { count: rejected })}
      </Notice>
      <ShapeFields preview={preview} choices={choices} onChoose={choose} />
      <MappingTable
        columns={preview.columns}
        chosen={choices.columns}
        onChoose={(columns) => choose({ ...choices, columns })}
      />
      <p className="text-sm text-ink-soft">{p('masked')}</p>
      {preview.delivered !== null && (
        <div className="grid gap-1.5">
          <p className="font-medium">{p('delivered')}</p>
          <pre className="rounded-md bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
            {preview.delivered}
          </pre>
        </div>
      )}
      <VerdictCounts counts={counts} />
      <RejectedLines report={preview.report} />
      <div className="grid gap-2">
        <CheckboxField name="allOrNothing" optional label={p('allOrNothing')} hint={p('allOrNothingHint')} />
        {!preview.certain && (
          <CheckboxField
            optional
            label={p('checked')}
            hint={p('checkedHint')}
            checked={checked}
            onChange={({ target }) => setChecked(target.checked)}
          />
        )}
      </div>
      <div>
        <Button disabled={!ready} onClick={() => onImport(preview.choices)}>
          {t('submit')}
        </Button>
      </div>
    </section>
  )
}
