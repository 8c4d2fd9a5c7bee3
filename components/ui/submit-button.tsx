'use client'

import { LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps, MouseEvent } from 'react'
import { useFormStatus } from 'react-dom'
import { Button, type ButtonLook } from './button'

type Props = ButtonLook & Omit<ComponentProps<'button'>, 'type' | 'disabled'>

/**
 * Submits its form and shows that the answer is awaited. While pending it stays focusable (aria-disabled), and a second
 * press is stopped here; without JavaScript it is a plain submit button.
 */
export function SubmitButton({ children, onClick, ...rest }: Props) {
  const { pending } = useFormStatus()
  const t = useTranslations('common.client')
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <Button {...rest} type="submit" aria-disabled={pending || undefined} onClick={press}>
      {pending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
      <span role="status" className="sr-only">
        {pending ? t('pending') : ''}
      </span>
    </Button>
  )
}
