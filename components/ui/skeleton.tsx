import { useTranslations } from 'next-intl'
import { cx } from './cx'

/** The shape of something on its way. Give it a size with className. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cx('block animate-pulse rounded-md bg-line', className)} />
}

/** Fallback of a <Suspense> around a list or a card: announced once, lines drawn. */
export function SkeletonLines({ lines = 4 }: { lines?: number }) {
  const t = useTranslations('common')
  return (
    <div role="status" className="grid gap-3 py-2">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} className={cx('h-5', line % 3 === 2 ? 'w-2/3' : 'w-full')} />
      ))}
    </div>
  )
}
