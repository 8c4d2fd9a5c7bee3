import { useTranslations } from 'next-intl'
import { Link } from '@/i18n/navigation'
import { LocaleSwitch } from './locale-switch'
import type { SiteLink } from './site-header'
import { ThemeToggle } from './theme-toggle'

export function SiteFooter({ links = [] }: { links?: readonly SiteLink[] }) {
  const t = useTranslations('common')
  return (
    <footer className="mt-16 border-t border-line bg-sunken">
      <div className="mx-auto grid max-w-page gap-5 px-4 py-8 sm:px-6 md:grid-cols-[1fr_auto] md:items-end">
        <div className="grid gap-3">
          <p className="max-w-prose text-[0.9375rem] text-ink-soft">{t('footer.promise')}</p>
          {links.length > 0 && (
            <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
              {links.map((link) => (
                <li key={link.href}>
                  <Link
                    href={link.href}
                    prefetch={false}
                    className="inline-flex min-h-8 items-center text-ink-soft underline-offset-4 hover:text-ink hover:underline"
                  >
                    {link.label}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2" role="group" aria-label={t('footer.settings')}>
          <ThemeToggle />
          <LocaleSwitch />
        </div>
      </div>
    </footer>
  )
}
