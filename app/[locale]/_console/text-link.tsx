import type { ComponentProps } from 'react'
import { Link } from '@/i18n/navigation'

/** A link inside a table or a sentence. */
export function TextLink(props: ComponentProps<typeof Link>) {
  return <Link className="font-medium text-jade underline-offset-4 hover:underline" {...props} />
}
