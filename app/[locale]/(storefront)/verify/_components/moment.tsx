import { DateTime } from '@/components/date-time'

/** A moment that a file names: a date, or the bare number where no calendar reaches. */
export function Moment({ at, className }: { at: number; className?: string }) {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return <span className={className}>{at} ms</span>
  return <DateTime at={date} style="second" {...(className === undefined ? {} : { className })} />
}
