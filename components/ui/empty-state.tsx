import type { ReactNode } from 'react'

/** Nothing here yet: says why and what to do. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-3 px-4 py-12 text-center">
      {icon && (
        <span
          aria-hidden
          className="grid size-14 place-items-center rounded-full border border-line bg-sunken text-ink-soft [&_svg]:size-6"
        >
          {icon}
        </span>
      )}
      <div className="text-lg font-semibold">{title}</div>
      {children && <div className="text-ink-soft">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  )
}
