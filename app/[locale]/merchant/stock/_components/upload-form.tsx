'use client'

import { useTranslations } from 'next-intl'
import {
  type ChangeEvent,
  type SyntheticEvent,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE, type ActionState } from '@/lib/web/action-state'
import { previewUploadAction, uploadStockAction } from '../actions'
import type { UploadChoices } from '../upload-choices'
import type { UploadPreview } from '../upload-preview'
import { MOST_UPLOAD_BYTES, type UploadReport } from '../upload-report'
import { PreviewView } from './preview-view'
import { ReportView } from './report-view'
import { UploadPending } from './upload-pending'

const ACCEPT = '.txt,.csv,.tsv,.json,.xlsx,text/plain,text/csv,application/json'
const never = () => () => {}

/**
 * Paste or a file, a preview, the import, the report. The form keeps what was chosen and sends it with each step, so
 * that the server keeps none of it. Without JavaScript the first button imports, one CDK a line.
 */
export function UploadForm({ variantId }: { variantId: string }) {
  const t = useTranslations('upload')
  const form = useRef<HTMLFormElement>(null)
  const [preview, look, looking] = useActionState<ActionState<UploadPreview>, FormData>(previewUploadAction, IDLE)
  const [imported, submit, importing] = useActionState<ActionState<UploadReport>, FormData>(uploadStockAction, IDLE)
  const [shown, setShown] = useState<'nothing' | 'preview' | 'report'>('report')
  const [tooLarge, setTooLarge] = useState(false)
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  // The preview of an earlier upload, which must not stand there while the next is read.
  const [earlier, setEarlier] = useState(preview)
  const current = preview === earlier ? IDLE : preview
  const answer = shown === 'preview' ? current : shown === 'report' ? imported : IDLE

  // What is in stock need not be sent again; what all-or-nothing sent back is mended and sent once more.
  useEffect(() => {
    if (imported.status === 'done' && imported.data.stored) form.current?.reset()
  }, [imported])

  function send(step: 'preview' | 'report', choices: UploadChoices) {
    if (!form.current || tooLarge || importing) return
    const data = new FormData(form.current)
    data.set('choices', JSON.stringify(choices))
    startTransition(() => {
      if (step === 'preview') look(data)
      else submit(data)
    })
    setShown(step)
  }

  function start(event: SyntheticEvent) {
    event.preventDefault()
    setEarlier(preview)
    send('preview', {})
  }

  function change({ target }: ChangeEvent<HTMLInputElement>) {
    setTooLarge((target.files?.[0]?.size ?? 0) > MOST_UPLOAD_BYTES)
    setShown('nothing')
  }

  return (
    <div className="grid gap-5">
      <form ref={form} action={submit} onSubmit={start} className="grid gap-5">
        <input type="hidden" name="variantId" value={variantId} />
        {answer.status === 'refused' && (
          <Notice kind="danger" live>
            {answer.message}
          </Notice>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <Field label={t('paste')} hint={t('pasteHint')}>
            {(aria) => (
              <Textarea
                name="text"
                rows={8}
                spellCheck={false}
                autoComplete="off"
                className="font-mono"
                onChange={() => setShown('nothing')}
                {...aria}
              />
            )}
          </Field>
          <Field label={t('file')} hint={t('fileHint')} error={tooLarge && t('tooLarge')}>
            {(aria) => <Input name="file" type="file" accept={ACCEPT} onChange={change} className="py-2" {...aria} />}
          </Field>
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton variant={shown === 'preview' ? 'secondary' : 'primary'}>
            {t(scripted ? 'look' : 'submit')}
          </SubmitButton>
          <UploadPending importing={importing} />
        </div>
        {shown === 'preview' && current.status === 'done' && (
          <PreviewView
            preview={current.data}
            busy={looking || importing}
            onChoose={(choices) => send('preview', choices)}
            onImport={(choices) => send('report', choices)}
          />
        )}
      </form>
      {shown === 'report' && imported.status === 'done' && !importing && <ReportView report={imported.data} />}
    </div>
  )
}
