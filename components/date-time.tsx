'use client'

import { useFormatter, useLocale, useTranslations } from 'next-intl'
import { useTicking, useViewerZone } from './clock'

const STYLES = {
  /** 2月3日 14:05 (with the year when it is another one) */
  minute: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  /** ... 14:05:22, for facts that may be disputed */
  second: { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { year: 'numeric', month: 'short', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const TICK_MS = 30_000

/**
 * A moment in the viewer's zone, the zone in its title; the server writes Shanghai time. `relative` adds "3 minutes ago"
 * beside it.
 */
export function DateTime({
  at,
  style = 'minute',
  relative = false,
  className,
}: {
  at: Date | string
  style?: keyof typeof STYLES
  relative?: boolean
  className?: string
}) {
  const locale = useLocale()
  const format = useFormatter()
  const t = useTranslations('common.client.time')
  const zone = useViewerZone()
  const now = useTicking(TICK_MS)
  const moment = typeof at === 'string' ? new Date(at) : at
  const yearIn = (ms: number) => new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: zone }).format(ms)
  const year = yearIn(moment.getTime()) === yearIn(now) ? {} : ({ year: 'numeric' } as const)
  const text = new Intl.DateTimeFormat(locale, { ...year, ...STYLES[style], timeZone: zone }).format(moment)
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', timeZone: zone }).format(
    moment,
  )
  return (
    <time dateTime={moment.toISOString()} title={`${full} · ${t('zone', { zone })}`} className={className}>
      <span className="whitespace-nowrap tabular-nums">{text}</span>
      {relative && <span className="text-ink-soft"> · {format.relativeTime(moment, now)}</span>}
    </time>
  )
}
