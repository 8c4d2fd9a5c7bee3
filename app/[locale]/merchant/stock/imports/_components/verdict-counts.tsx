import { useLocale, useTranslations } from 'next-intl'
import { REJECTIONS } from '../verdicts'

/** Counted also when there are none of them; the others would only be noise. */
const ALWAYS: ReadonlySet<string> = new Set(['duplicate-in-file', 'duplicate-in-stock', 'too-long', 'empty'])

export function VerdictCounts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const t = useTranslations('upload')
  const number = new Intl.NumberFormat(useLocale())
  const shown = REJECTIONS.filter((verdict) => (counts[verdict] ?? 0) > 0 || ALWAYS.has(verdict))
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-2 sm:grid-cols-5">
      {(['accepted', ...shown] as const).map((verdict) => (
        <div key={verdict}>
          <dt className="text-sm text-ink-soft">{t(`verdict.${verdict}`)}</dt>
          <dd className="text-xl font-semibold tabular-nums">{number.format(counts[verdict] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  )
}
