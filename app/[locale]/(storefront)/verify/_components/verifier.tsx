'use client'

import { FileCheck2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type DragEvent, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Field } from '@/components/ui/field'
import { Input, Textarea } from '@/components/ui/input'
import type { FileAnswer } from '../verify-file'
import { AnswerView } from './answer-view'

const never = () => () => {}

type State =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly file: File }
  | { readonly step: 'done'; readonly file: File; readonly answer: FileAnswer | { readonly kind: 'failed' } }

/** Takes a proof and the keys to trust, and shows the report. There is no form: nothing here can be sent anywhere. */
export function Verifier({ ownKey }: { ownKey: string }) {
  const t = useTranslations('provenance')
  const [state, setState] = useState<State>({ step: 'idle' })
  const [keys, setKeys] = useState(ownKey)
  const [over, setOver] = useState(false)
  const latest = useRef(0)
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

  async function verify(file: File) {
    latest.current += 1
    const turn = latest.current
    setState({ step: 'running', file })
    const answer = await answerTo(file, keys)
    // Another file was chosen meanwhile.
    if (turn === latest.current) setState({ step: 'done', file, answer })
  }

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) void verify(file)
  }

  return (
    <div className="grid gap-5">
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'grid gap-3 rounded-lg border-2 border-dashed p-4 sm:p-5',
          over ? 'border-jade-solid bg-jade-wash' : 'border-line-strong bg-surface',
        )}
      >
        <p className="flex items-center gap-2 text-ink-soft">
          <FileCheck2 aria-hidden className="size-5 shrink-0" />
          {t('verify.drop')}
        </p>
        <Field label={t('verify.choose')} hint={t('verify.local')}>
          {(aria) => (
            <Input
              type="file"
              accept=".json,.zip,application/json,application/zip"
              disabled={!scripted}
              className="py-2"
              onChange={({ target }) => {
                const [file] = target.files ?? []
                if (file) void verify(file)
              }}
              {...aria}
            />
          )}
        </Field>
      </div>
      <Field label={t('verify.key')} hint={`${t('verify.keyHint')} ${t('verify.keyOwn')}`} optional>
        {(aria) => (
          <Textarea
            rows={3}
            spellCheck={false}
            autoComplete="off"
            className="font-mono text-sm break-all"
            value={keys}
            onChange={({ target }) => setKeys(target.value)}
            disabled={!scripted}
            {...aria}
          />
        )}
      </Field>
      {state.step === 'done' && (
        <div>
          <Button variant="secondary" onClick={() => void verify(state.file)}>
            {t('verify.run')}
          </Button>
        </div>
      )}
      <p role="status" className={state.step === 'running' ? 'font-medium' : 'sr-only'}>
        {state.step === 'running' && t('verify.running', { file: state.file.name })}
        {state.step === 'done' && <Spoken answer={state.answer} />}
      </p>
      {state.step === 'done' && <AnswerView answer={state.answer} file={state.file.name} />}
    </div>
  )
}

/** The verifier is loaded with the first file: who only reads this page carries nothing of it. */
async function answerTo(file: File, keys: string) {
  const loaded = await import('../verify-file').catch(() => null)
  return loaded ? loaded.verifyFile(file, keys.split(/\s+/u).filter(Boolean)) : ({ kind: 'failed' } as const)
}

/** What screen readers are told when the result appears; the rest is theirs to read. */
function Spoken({ answer }: { answer: FileAnswer | { readonly kind: 'failed' } }) {
  const t = useTranslations('provenance')
  if (answer.kind !== 'report' && answer.kind !== 'case') return null
  return `${t('verify.result')}: ${t(`verdict.${answer.report.verdict}`)}`
}
