import type { ReactNode } from 'react'
import { SiteFooter } from './site-footer'
import { SiteHeader, type SiteLink } from './site-header'
import { MAIN_ID, SkipLink } from './skip-link'

/** Frame of every storefront page: skip link, header, main, footer. */
export function SiteShell({
  links,
  footerLinks,
  q,
  account,
  children,
}: {
  links: readonly SiteLink[]
  footerLinks?: readonly SiteLink[]
  q?: string | undefined
  account?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <SiteHeader links={links} q={q}>
        {account}
      </SiteHeader>
      <main
        id={MAIN_ID}
        tabIndex={-1}
        className="mx-auto w-full max-w-page flex-1 px-4 py-6 outline-none sm:px-6 sm:py-8"
      >
        {children}
      </main>
      <SiteFooter {...(footerLinks ? { links: footerLinks } : {})} />
    </div>
  )
}
