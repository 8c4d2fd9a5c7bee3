import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from './cx'

/** Where one is in a short sequence; `current` counts from 0, a number past the end means all done. */
export function Stepper({ steps, current }: { steps: readonly ReactNode[]; current: number }) {
  const t = useTranslations('common.stepper')
  return (
    <ol aria-label={t('label')} className="flex">
      {steps.map((step, index) => {
        const done = index < current
        const now = index === current
        return (
          <li key={index} aria-current={now ? 'step' : undefined} className="flex min-w-0 flex-1 flex-col items-start gap-1.5 pe-2 last:pe-0">
            <span className={cx('h-1 w-full rounded-full', done || now ? 'bg-jade-solid' : 'bg-line')} />
            <span className={cx('flex items-start gap-1 text-sm', now ? 'font-semibold text-ink' : 'text-ink-soft')}>
              {done && <Check aria-hidden className="mt-1 size-3.5 shrink-0 text-jade" />}
              {step}
              {done && <span className="sr-only">{t('done')}</span>}
            </span>
          </li>
        )
      })}
    </ol>
  )
}
