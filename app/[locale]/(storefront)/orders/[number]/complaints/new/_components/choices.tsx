'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useAnswer } from '@/components/ui/action-form'

export interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
  disabled?: boolean
}

/** One question with its possible answers, each line a target; says what was wrong with the answer. */
export function Choices({
  name,
  legend,
  type,
  options,
  chosen,
}: {
  name: string
  legend: string
  type: 'radio' | 'checkbox'
  options: readonly Choice[]
  chosen: readonly string[]
}) {
  const id = useId()
  const error = useAnswer()?.fields?.[name]
  return (
    <fieldset className="grid gap-2" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="sr-only">{legend}</legend>
      {options.map(({ value, label, hint, disabled }) => (
        <label
          key={value}
          className="flex min-h-11 items-start gap-3 rounded-md border border-line px-3.5 py-2.5 has-checked:border-jade-line has-checked:bg-jade-wash"
        >
          <input
            type={type}
            name={name}
            value={value}
            disabled={disabled}
            defaultChecked={chosen.includes(value)}
            aria-invalid={error ? true : undefined}
            className="mt-0.5 size-5 shrink-0 accent-jade-solid"
          />
          <span className="min-w-0">
            <span className="font-medium">{label}</span>
            {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
          </span>
        </label>
      ))}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm font-medium text-danger">
          <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
    </fieldset>
  )
}
