'use client'

import { useTranslations } from 'next-intl'
import { useTicking } from './clock'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/**
 * Time left until `to`: days and hours, hours and minutes, or minutes and seconds. The server writes the text of the
 * moment; with JavaScript it runs. Not announced while running: a screen reader finds it when it gets there.
 */
export function Countdown({ to, over, className }: { to: Date | string; over?: string; className?: string }) {
  const t = useTranslations('common.client.time')
  const now = useTicking(SECOND_MS)
  const end = typeof to === 'string' ? new Date(to) : to
  const left = end.getTime() - now
  return (
    <time
      dateTime={end.toISOString()}
      role="timer"
      className={className ?? 'font-medium whitespace-nowrap text-amber tabular-nums'}
    >
      {left <= 0 ? (over ?? t('over')) : t('left', { time: t(unitOf(left), parts(left)) })}
    </time>
  )
}

function unitOf(left: number): 'days' | 'hours' | 'clock' {
  if (left >= DAY_MS) return 'days'
  return left >= HOUR_MS ? 'hours' : 'clock'
}

function parts(left: number) {
  return {
    days: Math.floor(left / DAY_MS),
    hours: Math.floor((left % DAY_MS) / HOUR_MS),
    minutes: Math.floor((left % HOUR_MS) / MINUTE_MS),
    seconds: String(Math.floor((left % MINUTE_MS) / SECOND_MS)).padStart(2, '0'),
  }
}
