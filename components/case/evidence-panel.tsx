'use client'

import { Paperclip } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useSearchParams } from 'next/navigation'
import { type DragEvent, useState, useSyncExternalStore } from 'react'
import { cx } from '@/components/ui/cx'
import { Field, SelectField } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { EVIDENCE_FIGURES, EVIDENCE_QUERY, EVIDENCE_TYPES } from '@/lib/web/evidence-upload'
import { offeredKinds } from './evidence-kinds'
import { EvidenceRow } from './evidence-row'
import { useUploads } from './use-uploads'

const never = () => () => undefined

/** The client part of `EvidenceUpload`. What is chosen or dropped goes on its way at once. */
export function EvidencePanel({
  complaintId,
  kinds,
  action,
}: {
  complaintId: string
  kinds: readonly string[]
  action: string
}) {
  const [t, locale] = [useTranslations('evidence'), useLocale()]
  const offered = offeredKinds(kinds)
  const [kind, setKind] = useState<string>(offered[0] ?? 'ISSUER_MESSAGE')
  const [over, setOver] = useState(false)
  const uploads = useUploads(complaintId, t('tooLarge', EVIDENCE_FIGURES))
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    uploads.add(event.dataTransfer.files, kind)
  }

  return (
    <div id="evidence" className="grid scroll-mt-24 gap-4">
      <FormResult />
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'rounded-lg border-2 border-dashed p-4',
          over ? 'border-jade-solid bg-jade-wash' : 'border-line-strong bg-surface',
        )}
      >
        <form
          action={`${action}?locale=${locale}`}
          method="post"
          encType="multipart/form-data"
          onSubmit={(event) => event.preventDefault()}
          className="grid gap-4"
        >
          <input type="hidden" name="complaintId" value={complaintId} />
          <SelectField label={t('kindLabel')} name="kind" value={kind} onChange={({ target }) => setKind(target.value)}>
            {offered.map((each) => (
              <option key={each} value={each}>
                {t(`kind.${each}`)}
              </option>
            ))}
          </SelectField>
          <Field label={t('file')} hint={t('hint', EVIDENCE_FIGURES)}>
            {(aria) => (
              <Input
                type="file"
                name="file"
                required
                multiple={scripted}
                accept={EVIDENCE_TYPES.join(',')}
                className="py-2"
                onChange={({ target }) => {
                  uploads.add([...(target.files ?? [])], kind)
                  // The same file may be chosen again.
                  target.value = ''
                }}
                {...aria}
              />
            )}
          </Field>
          <p className="flex items-start gap-2 text-sm text-ink-soft">
            <Paperclip aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t('drop')}
          </p>
          <noscript>
            <div className="grid justify-items-start gap-2">
              <SubmitButton>{t('submit')}</SubmitButton>
              <p className="text-sm text-ink-soft">{t('withoutScript', EVIDENCE_FIGURES)}</p>
            </div>
          </noscript>
        </form>
      </div>
      {uploads.items.length > 0 && (
        <ul aria-label={t('list')} className="grid gap-3">
          {uploads.items.map((item) => (
            <EvidenceRow
              key={item.key}
              item={item}
              onPause={() => uploads.pause(item)}
              onResume={() => uploads.resume(item)}
              onDiscard={() => void uploads.discard(item)}
            />
          ))}
        </ul>
      )}
    </div>
  )
}

/** What became of the file of a form without JavaScript: its answer leads back here. */
function FormResult() {
  const [t, refused] = [useTranslations('evidence'), useTranslations('refusals.evidence')]
  const result = useSearchParams().get(EVIDENCE_QUERY)
  if (result === null) return null
  if (result === 'ready') return <Notice kind="success">{t('ready')}</Notice>
  const known = REFUSED.find((reason) => reason === result)
  return <Notice kind="danger">{known ? refused(known, EVIDENCE_FIGURES) : t('failed')}</Notice>
}

const REFUSED = [
  'type',
  'empty',
  'too-large',
  'too-many',
  'too-much',
  'unfinished',
  'busy',
  'infected',
  'closed',
] as const
