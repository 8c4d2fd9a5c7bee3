import { useTranslations } from 'next-intl'

export const MAIN_ID = 'main'

/** First stop of the keyboard on every page; the layouts below give their <main> this id. */
export function SkipLink() {
  const t = useTranslations('common.nav')
  return (
    <a
      href={`#${MAIN_ID}`}
      className="sr-only z-50 rounded-md bg-jade-solid px-4 py-3 text-on-jade focus:not-sr-only focus:fixed focus:start-2 focus:top-2"
    >
      {t('skip')}
    </a>
  )
}
