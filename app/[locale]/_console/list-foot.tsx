import { useTranslations } from 'next-intl'
import { Pagination } from '@/components/ui/pagination'
import type { Page } from '@/lib/queries/page'

/** How many there are, and the way to the other pages. */
export function ListFoot({ page, hrefOf }: { page: Page<unknown>; hrefOf: (page: number) => string }) {
  const t = useTranslations('console.list')
  return (
    <div className="mt-3">
      <p className="text-sm text-ink-soft tabular-nums">{t(page.more ? 'more' : 'total', { count: page.total })}</p>
      <Pagination page={page.page} pages={page.pages} hrefOf={hrefOf} />
    </div>
  )
}
