import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Link } from '@/i18n/navigation'
import { buttonClass } from './button'

/** Pages as links, so they work without JavaScript and can be shared. Shows nothing for a single page. */
export function Pagination({ page, pages, hrefOf }: { page: number; pages: number; hrefOf: (page: number) => string }) {
  const t = useTranslations('common.pagination')
  if (pages <= 1) return null
  const look = buttonClass({ variant: 'secondary', size: 'sm' })
  return (
    <nav aria-label={t('label')} className="flex items-center justify-between gap-3 py-4 sm:justify-center">
      {page > 1 ? (
        <Link rel="prev" href={hrefOf(page - 1)} className={look}>
          <ChevronLeft aria-hidden />
          {t('previous')}
        </Link>
      ) : (
        <span className="w-20 sm:w-24" />
      )}
      <span aria-current="page" className="text-sm text-ink-soft tabular-nums">
        {t('of', { page, pages })}
      </span>
      {page < pages ? (
        <Link rel="next" href={hrefOf(page + 1)} className={look}>
          {t('next')}
          <ChevronRight aria-hidden />
        </Link>
      ) : (
        <span className="w-20 sm:w-24" />
      )}
    </nav>
  )
}
