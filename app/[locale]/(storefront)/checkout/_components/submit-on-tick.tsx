'use client'

import type { ReactNode } from 'react'

/** Sends the surrounding form as soon as its box is ticked or unticked; without JavaScript a button beside it does. */
export function SubmitOnTick({ children }: { children: ReactNode }) {
  return (
    <div
      onChange={({ target }) => {
        if (target instanceof HTMLInputElement) target.form?.requestSubmit()
      }}
    >
      {children}
    </div>
  )
}
