import type { ReactNode } from 'react'
import { Link } from '@/i18n/navigation'
import { cx } from './cx'

export interface Tab {
  href: string
  label: ReactNode
  count?: number | undefined
  current?: boolean | undefined
}

/** Tabs as links: what is chosen lives in the address. Scrolls sideways on phones. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="overflow-x-auto border-b border-line [scrollbar-width:none]">
      <ul className="flex min-w-max gap-1 px-0.5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href}
              aria-current={tab.current ? 'page' : undefined}
              className={cx(
                'flex min-h-11 items-center gap-1.5 border-b-2 px-3 whitespace-nowrap -outline-offset-2',
                tab.current ? 'border-jade font-semibold text-ink' : 'border-transparent text-ink-soft hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-sm text-ink-soft tabular-nums">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
