import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { cx } from './cx'

export type NoticeKind = 'info' | 'success' | 'warn' | 'danger'

const LOOKS = {
  info: { Icon: Info, box: 'border-info-line bg-info-wash', tint: 'text-info' },
  success: { Icon: CircleCheck, box: 'border-jade-line bg-jade-wash', tint: 'text-jade' },
  warn: { Icon: TriangleAlert, box: 'border-amber-line bg-amber-wash', tint: 'text-amber' },
  danger: { Icon: CircleX, box: 'border-danger-line bg-danger-wash', tint: 'text-danger' },
} as const

/** A message on the page. `live` announces it when it appears after an action (alert for danger, status otherwise). */
export function Notice({
  kind = 'info',
  title,
  live = false,
  children,
}: {
  kind?: NoticeKind
  title?: ReactNode
  live?: boolean
  children?: ReactNode
}) {
  const t = useTranslations('common.client.notice')
  const { Icon, box, tint } = LOOKS[kind]
  const role = live ? (kind === 'danger' ? 'alert' : 'status') : undefined
  return (
    <div role={role} className={cx('flex items-start gap-3 rounded-md border px-3.5 py-3', box)}>
      <Icon aria-hidden className={cx('mt-0.5 size-5 shrink-0', tint)} />
      <div className="min-w-0">
        <p className={cx('font-semibold', tint)}>{title ?? t(kind)}</p>
        {children && <div className="text-[0.9375rem] text-ink">{children}</div>}
      </div>
    </div>
  )
}
