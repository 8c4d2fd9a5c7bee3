import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Wordmark } from './brand'
import { NavLink } from './nav-link'
import { SearchForm } from './search-form'

export interface SiteLink {
  href: string
  label: ReactNode
}

const LINK =
  'inline-flex min-h-11 items-center border-b-2 border-transparent px-1 whitespace-nowrap text-ink-soft hover:text-ink ' +
  'aria-[current]:border-jade aria-[current]:font-medium aria-[current]:text-ink'

/** Storefront: mark, search, links (categories, order look-up); `children` is the account slot. */
export function SiteHeader({
  links,
  q,
  children,
}: {
  links: readonly SiteLink[]
  q?: string | undefined
  children?: ReactNode
}) {
  const t = useTranslations('common.nav')
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto grid max-w-page grid-cols-[1fr_auto] items-center gap-x-4 gap-y-2 px-4 pt-2 sm:grid-cols-[auto_1fr_auto] sm:gap-x-8 sm:px-6 sm:pt-3">
        <Wordmark />
        <div className="flex items-center text-sm sm:order-last sm:gap-2">{children}</div>
        <div className="col-span-2 sm:col-span-1 sm:max-w-xl">
          <SearchForm q={q} />
        </div>
      </div>
      <nav aria-label={t('main')} className="mx-auto max-w-page overflow-x-auto px-4 [scrollbar-width:none] sm:px-6">
        <ul className="flex min-w-max gap-5 text-[0.9375rem]">
          {links.map((link) => (
            <li key={link.href}>
              <NavLink href={link.href} prefetch={false} className={LINK}>
                {link.label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}
