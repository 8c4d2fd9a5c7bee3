import type { ReactNode } from 'react'

interface Props {
  name: string
  value: string
  checked?: boolean
  label: ReactNode
  hint?: ReactNode
  /** What else this choice asks for. */
  children?: ReactNode
}

/** One of several ways, as a radio; the whole line is the target. */
export function Choice({ name, value, checked = false, label, hint, children }: Props) {
  return (
    <div className="grid gap-1">
      <label className="flex min-h-9 items-start gap-3 py-1">
        <input
          type="radio"
          name={name}
          value={value}
          defaultChecked={checked}
          className="mt-0.5 size-5 shrink-0 accent-jade-solid"
        />
        <span>
          {label}
          {hint && <span className="block text-sm text-ink-soft">{hint}</span>}
        </span>
      </label>
      {children && <div className="ps-8">{children}</div>}
    </div>
  )
}

/** The question that the choices answer. */
export function Choices({ legend, children }: { legend: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 font-medium">{legend}</legend>
      {children}
    </fieldset>
  )
}
