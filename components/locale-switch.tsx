'use client'

import { Languages } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { MouseEvent } from 'react'
import { getPathname, usePathname } from '@/i18n/navigation'

/** A link to this page in the other language; the search part is added when it is followed. */
export function LocaleSwitch() {
  const t = useTranslations('common.client.language')
  const other = useLocale() === 'en' ? 'zh-CN' : 'en'
  const href = getPathname({ href: usePathname(), locale: other })
  function keepSearch(event: MouseEvent<HTMLAnchorElement>) {
    event.currentTarget.href = href + window.location.search
  }
  return (
    <a
      href={href}
      lang={other}
      hrefLang={other}
      onClick={keepSearch}
      className="inline-flex min-h-9 items-center gap-1.5 rounded-md px-2 text-sm text-ink-soft hover:text-ink"
    >
      <Languages aria-hidden className="size-4" />
      {t('other')}
    </a>
  )
}
