import { useFormatter, useTranslations } from 'next-intl'

const MINUTE = 60
const HOUR = 60 * MINUTE
/** From here on days say more than hours. */
const LONG = 72 * HOUR
const DAY = 24 * HOUR

/** A span of time in one unit, e.g. "3.5 小时"; a dash where there is none. */
export function Duration({ seconds }: { seconds: number | null }) {
  const t = useTranslations('common.duration')
  const format = useFormatter()
  if (seconds === null) return '–'
  const [unit, length] =
    seconds < HOUR
      ? (['minutes', MINUTE] as const)
      : seconds < LONG
        ? (['hours', HOUR] as const)
        : (['days', DAY] as const)
  return t(unit, { count: format.number(seconds / length, { maximumFractionDigits: unit === 'minutes' ? 0 : 1 }) })
}
