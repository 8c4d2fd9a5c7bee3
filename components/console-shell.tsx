import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Wordmark } from './brand'
import { LocaleSwitch } from './locale-switch'
import { NavLink } from './nav-link'
import { MAIN_ID, SkipLink } from './skip-link'
import { ThemeToggle } from './theme-toggle'

export interface ConsoleLink {
  href: string
  label: ReactNode
  icon: ReactNode
  /** Only this very address is "here" (the face's first page). */
  exact?: boolean
}

const IN_BAR = 4

const SIDE_LINK =
  'flex min-h-10 items-center gap-3 rounded-md px-3 text-ink-soft hover:bg-sunken hover:text-ink [&_svg]:size-[1.125rem] [&_svg]:shrink-0 ' +
  'aria-[current]:bg-jade-wash aria-[current]:font-medium aria-[current]:text-jade'

const BAR_LINK =
  'flex min-h-14 w-full flex-col items-center justify-center gap-0.5 text-2xs leading-tight text-ink-soft text-center [&_svg]:size-5 ' +
  'aria-[current]:font-semibold aria-[current]:text-jade'

/** Merchant console and admin: side navigation on desktop, bottom bar on phones (four links and "more"). */
export function ConsoleShell({
  home,
  tag,
  nav,
  account,
  bell,
  children,
}: {
  home: string
  tag: string
  nav: readonly ConsoleLink[]
  account?: ReactNode
  /** News for whoever works here; always in view. */
  bell?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <SkipLink />
      <SideBar home={home} tag={tag} nav={nav} account={account} bell={bell} />
      <header className="flex items-center justify-between gap-3 border-b border-line bg-surface px-4 py-1 lg:hidden">
        <Wordmark href={home} tag={tag} />
        {bell}
      </header>
      <main
        id={MAIN_ID}
        tabIndex={-1}
        className="mx-auto w-full max-w-[84rem] min-w-0 px-4 pt-5 pb-28 outline-none sm:px-6 lg:px-8 lg:py-7"
      >
        {children}
      </main>
      <BottomBar nav={nav} account={account} />
    </div>
  )
}

type BarProps = { nav: readonly ConsoleLink[]; account?: ReactNode }

function SideBar({ home, tag, nav, account, bell }: BarProps & { home: string; tag: string; bell?: ReactNode }) {
  const t = useTranslations('common.nav')
  return (
    <header className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-e border-line bg-surface px-3 py-3 lg:flex">
      <div className="px-2">
        <div className="flex items-center justify-between gap-2">
          <Wordmark href={home} />
          {bell}
        </div>
        <p className="ps-12 text-sm text-ink-soft">{tag}</p>
      </div>
      <nav aria-label={t('console')} className="mt-4">
        <ul className="grid gap-0.5">
          {nav.map(({ href, label, icon, exact }) => (
            <li key={href}>
              <NavLink href={href} exact={exact ?? false} className={SIDE_LINK}>
                {icon}
                {label}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
      <div className="mt-auto grid justify-items-start gap-2 border-t border-line px-2 pt-4 text-sm">
        {account}
        <ThemeToggle />
        <LocaleSwitch />
      </div>
    </header>
  )
}

function BottomBar({ nav, account }: BarProps) {
  const t = useTranslations('common.nav')
  return (
    <nav
      aria-label={t('console')}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="grid auto-cols-fr grid-flow-col">
        {nav.slice(0, IN_BAR).map(({ href, label, icon, exact }) => (
          <li key={href}>
            <NavLink href={href} exact={exact ?? false} className={BAR_LINK}>
              {icon}
              {label}
            </NavLink>
          </li>
        ))}
        <li>
          <details className="group">
            <summary className={BAR_LINK}>
              <Ellipsis aria-hidden />
              {t('more')}
            </summary>
            <div className="absolute inset-x-0 bottom-full grid gap-3 border-t border-line bg-surface p-4 shadow-lift">
              <ul className="grid gap-0.5">
                {nav.slice(IN_BAR).map(({ href, label, icon, exact }) => (
                  <li key={href}>
                    <NavLink href={href} exact={exact ?? false} className={SIDE_LINK}>
                      {icon}
                      {label}
                    </NavLink>
                  </li>
                ))}
              </ul>
              {account}
              <div className="flex flex-wrap items-center gap-3">
                <ThemeToggle />
                <LocaleSwitch />
              </div>
            </div>
          </details>
        </li>
      </ul>
    </nav>
  )
}
