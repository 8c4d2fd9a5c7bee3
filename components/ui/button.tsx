import type { ComponentProps } from 'react'
import { Link } from '@/i18n/navigation'
import { cx } from './cx'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-md border font-medium text-center leading-tight transition-colors ' +
  'disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-[1.15em] [&_svg]:shrink-0'

const VARIANTS: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-jade-solid text-on-jade hover:bg-jade-solid-hover',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-sunken',
  quiet: 'border-transparent bg-transparent text-jade hover:bg-jade-wash',
  danger: 'border-transparent bg-danger-solid text-on-danger hover:bg-danger-solid-hover',
}

const SIZES: Record<ButtonSize, string> = {
  sm: 'min-h-9 px-3 py-1 text-sm',
  md: 'min-h-11 px-4 py-1.5 text-base',
  lg: 'min-h-12 px-6 py-2 text-lg',
}

export interface ButtonLook {
  variant?: ButtonVariant | undefined
  size?: ButtonSize | undefined
  wide?: boolean | undefined
}

/** Classes of a button, for elements that only look like one (summary, label, a download link). */
export function buttonClass({ variant = 'primary', size = 'md', wide = false }: ButtonLook = {}): string {
  return cx(BASE, VARIANTS[variant], SIZES[size], wide && 'w-full')
}

export function Button({
  variant,
  size,
  wide,
  className,
  type = 'button',
  ...rest
}: ButtonLook & ComponentProps<'button'>) {
  return <button type={type} className={cx(buttonClass({ variant, size, wide }), className)} {...rest} />
}

/** A link inside the site that looks like a button; keeps the language. */
export function ButtonLink({ variant, size, wide, className, ...rest }: ButtonLook & ComponentProps<typeof Link>) {
  return <Link className={cx(buttonClass({ variant, size, wide }), className)} {...rest} />
}
