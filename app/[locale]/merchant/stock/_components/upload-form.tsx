'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useState, type ChangeEvent } from 'react'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE, type ActionState } from '@/lib/web/action-state'
import { uploadStockAction } from '../actions'
import { MOST_UPLOAD_BYTES, type UploadReport } from '../upload-report'
import { ReportView } from './report-view'
import { UploadPending } from './upload-pending'

/** Paste or a .txt, then the report on every line. A file that is too large is told before it is sent. */
export function UploadForm({ variantId }: { variantId: string }) {
  const t = useTranslations('upload')
  const [state, submit] = useActionState<ActionState<UploadReport>, FormData>(uploadStockAction, IDLE)
  const [tooLarge, setTooLarge] = useState(false)

  function check({ target }: ChangeEvent<HTMLInputElement>) {
    setTooLarge((target.files?.[0]?.size ?? 0) > MOST_UPLOAD_BYTES)
  }

  return (
    <div className="grid gap-5">
      <form action={submit} className="grid gap-5">
        <input type="hidden" name="variantId" value={variantId} />
        {state.status === 'refused' && (
          <Notice kind="danger" live>
            {state.message}
          </Notice>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <Field label={t('paste')} hint={t('pasteHint')}>
            {(aria) => (
              <Textarea name="text" rows={8} spellCheck={false} autoComplete="off" className="font-mono" {...aria} />
            )}
          </Field>
          <Field label={t('file')} hint={t('fileHint')} error={tooLarge && t('tooLarge')}>
            {(aria) => (
              <Input name="file" type="file" accept=".txt,text/plain" onChange={check} className="py-2" {...aria} />
            )}
          </Field>
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton onClick={(event) => tooLarge && event.preventDefault()}>{t('submit')}</SubmitButton>
          <UploadPending />
        </div>
      </form>
      {state.status === 'done' && <ReportView report={state.data} />}
    </div>
  )
}
