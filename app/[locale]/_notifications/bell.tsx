import { Bell as BellIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '@/components/ui/cx'
import { Link } from '@/i18n/navigation'
import { MOST_UNREAD } from '@/lib/queries/session'

/** The way to what somebody was told, with how much of it is unread. */
export function Bell({ href, unread, className }: { href: string; unread: number; className?: string }) {
  const t = useTranslations('notifications')
  return (
    <Link
      href={href}
      prefetch={false}
      aria-label={unread > 0 ? t('withUnread', { count: unread }) : t('title')}
      className={cx('inline-grid size-11 place-items-center rounded-md text-ink-soft hover:text-ink', className)}
    >
      <span aria-hidden className="relative">
        <BellIcon className="size-5" />
        <Count of={unread} />
      </span>
    </Link>
  )
}

/** A number at the corner of an icon; nothing for none. */
export function Count({ of }: { of: number }) {
  if (of === 0) return null
  return (
    <span className="absolute -end-2.5 -top-2 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-jade-solid px-1 text-[0.6875rem] leading-none font-semibold text-on-jade tabular-nums">
      {of < MOST_UNREAD ? of : `${MOST_UNREAD - 1}+`}
    </span>
  )
}
