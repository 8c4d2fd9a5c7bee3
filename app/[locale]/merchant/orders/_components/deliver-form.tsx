'use client'

import { useTranslations } from 'next-intl'
import { useActionState, useState } from 'react'
import { CheckboxField, TextField, TextareaField } from '@/components/ui/field'
import { Notice } from '@/components/ui/notice'
import { SubmitButton } from '@/components/ui/submit-button'
import { IDLE } from '@/lib/web/action-state'
import { deliverOrderAction } from '../actions'

const WHY = ['empty', 'too-long', 'bad-encoding', 'duplicate-in-file', 'duplicate-in-stock', 'known-on-mall'] as const

/**
 * The codes of one order, typed or out of a file. What was typed stays while a line of it is faulty: the server never sends codes
 * back. Without JavaScript the form works and is empty again after a refusal.
 */
export function DeliverForm({ orderId, quantity }: { orderId: string; quantity: number }) {
  const t = useTranslations('delivery.card')
  const [state, submit] = useActionState(deliverOrderAction, IDLE)
  const [codes, setCodes] = useState('')
  const faults = state.status === 'done' ? state.data.faults : []
  return (
    <form action={submit} className="grid max-w-2xl justify-items-start gap-4">
      <input type="hidden" name="orderId" value={orderId} />
      {state.status === 'refused' && (
        <Notice kind="danger" live title={t('failed')}>
          {state.message}
        </Notice>
      )}
      {faults.length > 0 && (
        <Notice kind="danger" live title={t('faults')}>
          <ul>
            {faults.map(({ line, verdict }) => (
              <li key={line}>
                {t('fault.line', { line, why: t(`why.${WHY.find((known) => known === verdict) ?? 'other'}`) })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <div className="w-full">
        <TextareaField
          name="codes"
          label={t('codes')}
          hint={t('codesHint', { count: quantity })}
          rows={Math.min(12, Math.max(3, quantity + 1))}
          value={codes}
          onChange={({ target }) => setCodes(target.value)}
          className="font-mono"
          autoComplete="off"
          spellCheck={false}
        />
      </div>
      <TextField
        name="file"
        type="file"
        accept=".txt,text/plain"
        label={t('file')}
        hint={t('fileHint')}
        optional
        required={false}
      />
      {quantity > 1 && (
        <CheckboxField name="rest" value="yes" label={t('rest')} hint={t('restHint')} optional required={false} />
      )}
      <SubmitButton>{t('submit')}</SubmitButton>
    </form>
  )
}
