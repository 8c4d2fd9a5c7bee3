'use client'

import { useState, type ComponentProps } from 'react'
import { Field, type FieldText } from './field'
import { Input } from './input'

type Props = FieldText &
  Omit<ComponentProps<'input'>, 'type' | 'value' | 'defaultValue' | 'onChange'> & { show: string }

/**
 * A passcode, dotted until the reader wants to see it. The switch is CSS, so it works without JavaScript; the typed text
 * survives a refused submit. Not `type=password`: it is not an account's password and no manager should store it as one.
 */
export function SecretField({ label, hint, error, optional, show, ...rest }: Props) {
  const [text, setText] = useState('')
  return (
    <div className="group/secret grid gap-1.5">
      <Field label={label} hint={hint} error={error} optional={optional}>
        {(aria) => (
          <Input
            {...rest}
            {...aria}
            type="text"
            required={!optional}
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono [-webkit-text-security:disc] group-has-checked/secret:[-webkit-text-security:none]"
          />
        )}
      </Field>
      <label className="inline-flex min-h-9 items-center gap-2 justify-self-start text-sm text-ink-soft">
        <input type="checkbox" className="size-4.5 accent-jade-solid" />
        {show}
      </label>
    </div>
  )
}
