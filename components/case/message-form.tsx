import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionForm, FormTextarea } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/submit-button'
import { LONGEST_WORDS } from '@/lib/domain/complaints'
import type { FormAction } from '@/lib/web/action'

interface Props {
  /** Gets `message` and the hidden `fields`. */
  action: FormAction<void>
  fields: Readonly<Record<string, string>>
  label?: ReactNode
  hint?: ReactNode
  submit?: ReactNode
  done?: ReactNode
  /** More fields, above the message: canned answers. */
  children?: ReactNode
  defaultValue?: string
}

/** Something to say in a case. Works without JavaScript. */
export function MessageForm({ action, fields, label, hint, submit, done, children, defaultValue }: Props) {
  const t = useTranslations('case.message')
  return (
    <ActionForm action={action} failed={t('failed')} done={done ?? t('done')} className="grid gap-3">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <FormTextarea
        name="message"
        label={label ?? t('label')}
        hint={hint ?? t('hint')}
        rows={3}
        maxLength={LONGEST_WORDS}
        {...(defaultValue === undefined ? {} : { defaultValue })}
      />
      <SubmitButton variant="secondary" className="justify-self-start">
        {submit ?? t('submit')}
      </SubmitButton>
    </ActionForm>
  )
}
