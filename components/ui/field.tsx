import { CircleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, type ComponentProps, type ReactNode } from 'react'
import { Input, Select, Textarea } from './input'

export interface FieldText {
  label: ReactNode
  hint?: ReactNode
  error?: ReactNode
  /** Says "optional" beside the label; required fields say nothing. */
  optional?: boolean | undefined
}

interface ControlAria {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label, hint and error of one control, wired together; `children` gets the ids to spread on the control. */
export function Field({
  label,
  hint,
  error,
  optional,
  id,
  children,
}: FieldText & { id?: string | undefined; children: (aria: ControlAria) => ReactNode }) {
  const t = useTranslations('common.client.field')
  const made = useId()
  const control = id ?? made
  const described = [hint ? `${control}-hint` : '', error ? `${control}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={control} className="font-medium">
        {label}
        {optional && <span className="ms-2 text-sm font-normal text-ink-soft">{t('optional')}</span>}
      </label>
      {hint && (
        <p id={`${control}-hint`} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {children({ id: control, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${control}-error`} className="flex items-start gap-1.5 text-sm font-medium text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            <span className="sr-only">{t('errorPrefix')}</span>
            {error}
          </span>
        </p>
      )}
    </div>
  )
}

export function TextField({ label, hint, error, optional, id, ...rest }: FieldText & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} id={id}>
      {(aria) => <Input required={!optional} {...rest} {...aria} />}
    </Field>
  )
}

export function TextareaField({ label, hint, error, optional, id, ...rest }: FieldText & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} id={id}>
      {(aria) => <Textarea required={!optional} {...rest} {...aria} />}
    </Field>
  )
}

export function SelectField({ label, hint, error, optional, id, ...rest }: FieldText & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} id={id}>
      {(aria) => <Select required={!optional} {...rest} {...aria} />}
    </Field>
  )
}

/** A box with its sentence; the whole line is the target. */
export function CheckboxField({
  label,
  hint,
  error,
  optional,
  id,
  ...rest
}: FieldText & Omit<ComponentProps<'input'>, 'type'>) {
  const t = useTranslations('common.client.field')
  const made = useId()
  const control = id ?? made
  const described = [hint ? `${control}-hint` : '', error ? `${control}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1">
      <label htmlFor={control} className="flex min-h-9 items-start gap-3 py-1">
        <input
          id={control}
          type="checkbox"
          required={!optional}
          aria-describedby={described || undefined}
          aria-invalid={error ? true : undefined}
          className="mt-0.5 size-5 shrink-0 accent-jade-solid"
          {...rest}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p id={`${control}-hint`} className="ps-8 text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${control}-error`} className="flex items-start gap-1.5 ps-8 text-sm font-medium text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            <span className="sr-only">{t('errorPrefix')}</span>
            {error}
          </span>
        </p>
      )}
    </div>
  )
}
