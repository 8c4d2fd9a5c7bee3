import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'
import type { Check } from '@/lib/domain/provenance'

const LOOKS = {
  proved: { Icon: CircleCheck, tint: 'text-jade' },
  refuted: { Icon: CircleX, tint: 'text-danger' },
  'not-shown': { Icon: CircleDashed, tint: 'text-ink-soft' },
} as const

/** One check: what came of it, what it proves, and beneath it what is wrong. */
export function CheckRow({
  name,
  outcome,
  title,
  verdict,
  proves,
  notShown,
  children,
}: {
  name: string
  outcome: Check['outcome']
  title: string
  verdict: string
  proves: string
  /** Why it is not shown, where no problem says so. */
  notShown: string | false
  children: ReactNode
}) {
  const { Icon, tint } = LOOKS[outcome]
  return (
    <li className="flex items-start gap-3" data-check={name} data-outcome={outcome}>
      <Icon aria-hidden className={cx('mt-0.5 size-5 shrink-0', tint)} />
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium">
          {title} <span className={cx('ms-1', tint)}>{verdict}</span>
        </p>
        <p className="text-sm text-ink-soft">{proves}</p>
        {notShown && <p className="text-sm text-ink-soft">{notShown}</p>}
        {children}
      </div>
    </li>
  )
}
