'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/**
 * Reads the upload again as soon as a choice in here changes; without JavaScript the button beside it does. React empties a form
 * that was sent; this one keeps what was typed elsewhere in it meanwhile.
 */
export function LookOnChange({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const form = box.current?.closest('form')
    const keep = (event: Event) => event.preventDefault()
    form?.addEventListener('reset', keep)
    return () => form?.removeEventListener('reset', keep)
  }, [])
  function look() {
    const form = box.current?.closest('form')
    form?.requestSubmit(form.querySelector<HTMLButtonElement>('button[value=look]'))
  }
  return (
    <div ref={box} onChange={look} className="grid gap-5">
      {children}
    </div>
  )
}
