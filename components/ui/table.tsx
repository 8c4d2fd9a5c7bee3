import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx'

/**
 * Roles are written out because the phone layout (display: block) would otherwise take the table away from screen
 * readers. Give each Td the `label` of its column: it is what a phone shows beside the value.
 */
export function Table({ caption, children, className, ...rest }: ComponentProps<'table'> & { caption: ReactNode }) {
  return (
    <table
      role="table"
      className={cx('stack-table w-full border-collapse text-start text-[0.9375rem]', className)}
      {...rest}
    >
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  )
}

export function Thead({ children }: { children: ReactNode }) {
  return (
    <thead role="rowgroup">
      <tr role="row">{children}</tr>
    </thead>
  )
}

export function Tbody({ children }: { children: ReactNode }) {
  return <tbody role="rowgroup">{children}</tbody>
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      role="row"
      className={cx('px-4 sm:px-0 sm:not-last:border-b sm:border-line sm:hover:bg-sunken max-sm:mx-4', className)}
      {...rest}
    />
  )
}

export function Th({ numeric = false, className, ...rest }: ComponentProps<'th'> & { numeric?: boolean }) {
  return (
    <th
      role="columnheader"
      scope="col"
      className={cx(
        'sticky top-0 z-10 border-b border-line bg-sunken px-4 py-2 text-sm font-medium whitespace-nowrap text-ink-soft',
        numeric ? 'text-end' : 'text-start',
        className,
      )}
      {...rest}
    />
  )
}

/** `numeric` aligns to the end with tabular figures. Without `label` the cell stands alone on phones (a title, actions). */
export function Td({
  label,
  numeric = false,
  className,
  ...rest
}: ComponentProps<'td'> & { label?: string; numeric?: boolean }) {
  return (
    <td
      role="cell"
      data-label={label}
      className={cx('sm:px-4 sm:py-2.5 align-baseline', numeric && 'tabular-nums sm:text-end', className)}
      {...rest}
    />
  )
}
