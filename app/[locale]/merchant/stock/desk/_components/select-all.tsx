'use client'

import { useSyncExternalStore } from 'react'

/** Ticks every CDK of the page. Without JavaScript there is nothing to press. */
export function SelectAll({ label }: { label: string }) {
  const ready = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  )
  if (!ready) return null
  return (
    <label className="inline-flex min-h-9 items-center gap-2 text-sm">
      <input
        type="checkbox"
        className="size-4.5 accent-jade-solid"
        onChange={({ currentTarget }) => {
          const boxes = currentTarget.form?.querySelectorAll<HTMLInputElement>('input[name=id]') ?? []
          for (const box of boxes) box.checked = currentTarget.checked
        }}
      />
      {label}
    </label>
  )
}
