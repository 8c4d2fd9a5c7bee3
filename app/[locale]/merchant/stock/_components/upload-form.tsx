'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type ChangeEvent, type SyntheticEvent, useActionState, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { useRouter } from '@/i18n/navigation'
import { IDLE } from '@/lib/web/action-state'
import { uploadStockAction } from '../actions'
import { MOST_UPLOAD_BYTES } from '../upload-limits'
import { ProgressBar } from './progress-bar'
import { sendUpload } from './send-upload'

const ACCEPT = '.txt,.csv,.tsv,.json,.xlsx,text/plain,text/csv,application/json'

/**
 * Paste or a file. What is chosen goes to the server as it is and the page of its import takes over. Without JavaScript the
 * form sends it, up to 8 MB.
 */
export function UploadForm({ variantId }: { variantId: string }) {
  const t = useTranslations('upload')
  const [locale, router] = [useLocale(), useRouter()]
  const [answered, submit] = useActionState(uploadStockAction, IDLE)
  /** How much has left; null while nothing is being sent. */
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const sending = useRef<AbortController | null>(null)
  const refused = problem ?? (answered.status === 'refused' ? answered.message : null)

  // Whoever leaves the page takes the half-sent upload back.
  useEffect(() => () => sending.current?.abort(), [])

  async function send(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault()
    if (tooLarge || sending.current) return
    const form = new FormData(event.currentTarget)
    const [file, text] = [form.get('file'), form.get('text')]
    const chosen = file instanceof File && file.size > 0 ? file : null
    const body = chosen ?? new Blob([typeof text === 'string' ? text : ''])
    const stopping = new AbortController()
    sending.current = stopping
    setProblem(null)
    setShare(0)
    const of = { variantId, locale, body, fileName: chosen?.name ?? null }
    const sent = await sendUpload({ ...of, onProgress: setShare, signal: stopping.signal })
    sending.current = null
    if (sent.status === 'done') {
      router.push(`/merchant/stock/imports/${sent.importId}`)
      return
    }
    setShare(null)
    if (sent.status === 'refused') setProblem(sent.message ?? t('unreachable'))
  }

  function change({ target }: ChangeEvent<HTMLInputElement>) {
    setTooLarge((target.files?.[0]?.size ?? 0) > MOST_UPLOAD_BYTES)
    setProblem(null)
  }

  return (
    <form action={submit} onSubmit={(event) => void send(event)} className="grid gap-5" aria-busy={share !== null}>
      <input type="hidden" name="variantId" value={variantId} />
      {refused !== null && (
        <Notice kind="danger" live title={t('refused')}>
          {refused}
        </Notice>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <Field label={t('paste')} hint={t('pasteHint')}>
          {(aria) => (
            <Textarea name="text" rows={8} spellCheck={false} autoComplete="off" className="font-mono" {...aria} />
          )}
        </Field>
        <Field label={t('file')} hint={t('fileHint')} error={tooLarge && t('tooLarge')}>
          {(aria) => <Input name="file" type="file" accept={ACCEPT} onChange={change} className="py-2" {...aria} />}
        </Field>
      </div>
      {share === null ? (
        <div className="flex flex-wrap items-center gap-4">
          <SubmitButton>{t('submit')}</SubmitButton>
          <p className="text-sm text-ink-soft">{t('next')}</p>
        </div>
      ) : (
        <div className="grid gap-2">
          <ProgressBar label={t('sending')} share={share} />
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-sm text-ink-soft tabular-nums">{share < 1 ? t('sent', { share }) : t('storing')}</p>
            <Button variant="secondary" size="sm" onClick={() => sending.current?.abort()}>
              {t('stop')}
            </Button>
          </div>
        </div>
      )}
      <noscript>
        <p className="text-sm text-ink-soft">{t('withoutScript')}</p>
      </noscript>
    </form>
  )
}
