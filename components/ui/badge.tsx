import type { ReactNode } from 'react'
import { cx } from './cx'

export type Tone = 'neutral' | 'jade' | 'amber' | 'danger' | 'info'

const TONES: Record<Tone, string> = {
  neutral: 'border-line bg-sunken text-ink-soft',
  jade: 'border-jade-line bg-jade-wash text-jade',
  amber: 'border-amber-line bg-amber-wash text-amber',
  danger: 'border-danger-line bg-danger-wash text-danger',
  info: 'border-info-line bg-info-wash text-info',
}

/** A state in one or two words (order status, product status). The word carries the meaning, the tone only helps. */
export function Badge({ tone = 'neutral', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-sm border px-1.5 py-px text-[0.8125rem] leading-5 font-medium whitespace-nowrap',
        '[&_svg]:size-3.5 [&_svg]:shrink-0',
        TONES[tone],
      )}
    >
      {icon}
      {children}
    </span>
  )
}

/** A quiet attribute (region, platform). */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-block rounded-sm border border-line px-1.5 text-2xs leading-5 whitespace-nowrap text-ink-soft">
      {children}
    </span>
  )
}
