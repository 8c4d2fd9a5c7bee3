'use client'

import { useTranslations } from 'next-intl'
import { useId, useSyncExternalStore } from 'react'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const YEAR_S = 31_536_000

function subscribe(changed: () => void) {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

function chosen(): Theme {
  const set = document.documentElement.dataset['theme']
  return set === 'light' || set === 'dark' ? set : 'system'
}

function choose(theme: Theme) {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  document.cookie = `theme=${theme}; path=/; samesite=lax; max-age=${theme === 'system' ? 0 : YEAR_S}`
}

/** System, light or dark; remembered in a cookie of this device. */
export function ThemeToggle() {
  const t = useTranslations('common.client.theme')
  // A page may hold two of these (side bar and bottom bar): one radio group each.
  const group = useId()
  const theme = useSyncExternalStore(subscribe, chosen, () => 'system' as const)
  return (
    <fieldset className="inline-flex rounded-md border border-line-strong p-0.5">
      <legend className="sr-only">{t('label')}</legend>
      {THEMES.map((option) => (
        <label
          key={option}
          className="flex min-h-8 cursor-pointer items-center rounded-sm px-2.5 text-sm text-ink-soft hover:text-ink has-checked:bg-jade-wash has-checked:font-medium has-checked:text-jade has-focus-visible:outline-2 has-focus-visible:outline-jade"
        >
          <input
            type="radio"
            name={group}
            value={option}
            checked={theme === option}
            onChange={() => choose(option)}
            className="sr-only"
          />
          {t(option)}
        </label>
      ))}
    </fieldset>
  )
}
