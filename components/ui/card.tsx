import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

/** A sheet of paper on the desk. `title` becomes a heading of level 2; `action` stands at its end. */
export function Card({
  title,
  action,
  flush = false,
  className,
  children,
  ...rest
}: Omit<ComponentProps<'section'>, 'title'> & { title?: ReactNode; action?: ReactNode; flush?: boolean }) {
  return (
    <section className={cx('min-w-0 rounded-lg border border-line bg-surface', className)} {...rest}>
      {(title || action) && (
        <header
          className={cx(
            'flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-4 sm:px-5',
            flush && 'pb-3',
          )}
        >
          {title && <h2 className="text-lg">{title}</h2>}
          {action}
        </header>
      )}
      <div className={flush ? undefined : 'p-4 sm:p-5'}>{children}</div>
    </section>
  )
}
