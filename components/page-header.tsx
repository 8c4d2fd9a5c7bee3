import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from '@/i18n/navigation'

/** Title of a page, where it belongs, and its one primary action. */
export function PageHeader({
  title,
  back,
  action,
  children,
}: {
  title: ReactNode
  back?: { href: string; label: ReactNode } | undefined
  action?: ReactNode
  children?: ReactNode
}) {
  return (
    <header className="mb-5 grid gap-1 sm:mb-6">
      {back && (
        <Link
          href={back.href}
          className="-ms-1 inline-flex min-h-9 items-center gap-0.5 justify-self-start text-sm text-ink-soft hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-4" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-2xl sm:text-[1.75rem]">{title}</h1>
        {action}
      </div>
      {children && <div className="max-w-prose text-ink-soft">{children}</div>}
    </header>
  )
}
