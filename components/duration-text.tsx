import { useTranslations } from 'next-intl'

const HOUR = 3_600
const DAY = 24 * HOUR

/** A span of seconds in the one unit that fits it. */
export function DurationText({ seconds }: { seconds: number }) {
  const t = useTranslations('claims.duration')
  if (seconds < HOUR) return t('minutes', { count: Math.max(1, Math.round(seconds / 60)) })
  if (seconds < 2 * DAY) return t('hours', { count: Math.round(seconds / HOUR) })
  return t('days', { count: Math.round(seconds / DAY) })
}
