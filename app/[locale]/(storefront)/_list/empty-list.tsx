import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { type ListFilters, writeFilters } from '@/lib/queries/storefront'
import { cleared, isNarrowed } from './narrowed'

/** Nothing fits: the way out is to loosen what was asked, never a dead end. */
export function EmptyList({ path, filters, icon }: { path: string; filters: ListFilters; icon: ReactNode }) {
  const t = useTranslations('storefront.list')
  const { q } = filters
  const narrowed = isNarrowed(filters)
  return (
    <EmptyState
      icon={icon}
      title={q ? t('emptySearch', { q }) : t('empty')}
      action={
        <div className="flex flex-wrap justify-center gap-3">
          {narrowed && (
            <ButtonLink href={path + writeFilters(cleared(filters))}>
              {q ? t('keepWords', { q }) : t('reset')}
            </ButtonLink>
          )}
          <ButtonLink href="/search" variant={narrowed ? 'secondary' : 'primary'}>
            {t('emptyAll')}
          </ButtonLink>
        </div>
      }
    >
      {narrowed ? t('emptyFilters') : q ? t('emptyWords') : null}
    </EmptyState>
  )
}
