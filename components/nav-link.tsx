'use client'

import type { ComponentProps } from 'react'
import { Link, usePathname } from '@/i18n/navigation'

/** A link that knows whether it leads to the present page or its section (aria-current). Style it with aria-[current]. */
export function NavLink({
  href,
  exact = false,
  ...rest
}: Omit<ComponentProps<typeof Link>, 'href'> & { href: string; exact?: boolean }) {
  const path = usePathname()
  const here = path === href
  const current = here ? 'page' : !exact && path.startsWith(`${href}/`) ? 'true' : undefined
  return <Link href={href} aria-current={current} {...rest} />
}
