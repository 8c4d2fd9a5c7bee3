import { Search } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { getPathname } from '@/i18n/navigation'
import { SearchInput } from './search-input'

/** GET /search?q=; works without JavaScript. Without `q` the box shows the address's own words. */
export function SearchForm({ q, large = false }: { q?: string | undefined; large?: boolean }) {
  const t = useTranslations('common.nav')
  const action = getPathname({ href: '/search', locale: useLocale() })
  return (
    <form role="search" action={action} className="flex w-full min-w-0">
      <SearchInput
        {...(q === undefined ? {} : { defaultValue: q })}
        aria-label={t('searchLabel')}
        placeholder={t('searchPlaceholder')}
        enterKeyHint="search"
        maxLength={80}
        className={`${large ? 'min-h-12 text-lg' : 'min-h-11'} w-full min-w-0 rounded-s-md border border-e-0 border-line-strong bg-surface px-3 text-ink placeholder:text-ink-faint -outline-offset-2`}
      />
      <button
        type="submit"
        aria-label={t('search')}
        className="grid min-w-11 place-items-center rounded-e-md border border-line-strong bg-sunken px-3 text-ink-soft hover:bg-jade-wash hover:text-jade"
      >
        <Search aria-hidden className="size-5" />
      </button>
    </form>
  )
}
