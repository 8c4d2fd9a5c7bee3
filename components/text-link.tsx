import type { ComponentProps } from 'react'
import { Link } from '@/i18n/navigation'

/** A link in a sentence or a table; keeps the language. */
export function TextLink(props: ComponentProps<typeof Link>) {
  return <Link className="font-medium text-jade underline underline-offset-4" {...props} />
}
