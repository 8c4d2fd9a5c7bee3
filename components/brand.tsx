import { useTranslations } from 'next-intl'
import { Link } from '@/i18n/navigation'
import { cx } from './ui/cx'

/** The mark: a key whose bow is the round vermilion seal with 契 (bond). Drawn, so that no font is needed. */
export function Seal({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 32" aria-hidden className={cx('h-8 w-12 shrink-0', className)}>
      <path d="M30 16H45.7v6.4M39.7 16v7.8" fill="none" stroke="var(--ink)" strokeWidth="2.6" />
      <circle cx="16" cy="16" r="14.6" fill="var(--vermilion-solid)" />
      <circle cx="16" cy="16" r="12.4" fill="none" stroke="#fff" strokeWidth="0.9" opacity="0.9" />
      <g fill="none" stroke="#fff" strokeWidth="1.55" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8.9 8.6h6.1M9.3 11.2h5.3M8.7 14h6.5M12 6.8v10" />
        <path d="M16.9 8.4h6.3c.1 4-.5 6.7-1.5 7.4-.5.3-1.2.1-1.9-.3M19.7 8.6c-.1 3.1-.9 5.4-2.9 7" />
        <path d="M8.6 19.2h14.8M16 17.4v1.8c-.8 2.9-3.2 4.8-6.8 5.8M16 19.2c.9 2.9 3.4 4.8 7 5.8" />
      </g>
    </svg>
  )
}

/** Seal and name, linking to the face's first page. */
export function Wordmark({ href = '/', tag }: { href?: string; tag?: string }) {
  const t = useTranslations('common')
  return (
    <Link
      href={href}
      aria-label={`${t('brand.name')}${tag ? ` ${tag}` : ''}, ${t('nav.home')}`}
      className="inline-flex min-h-11 items-center gap-1.5 rounded-md"
    >
      <Seal className="h-7 w-[2.625rem]" />
      <span aria-hidden className="flex items-baseline gap-1.5 leading-none whitespace-nowrap">
        <span className="text-[1.1875rem] font-bold tracking-[-0.015em]">Keybond</span>
        <span className="text-[1.0625rem] font-medium">卡契</span>
        {tag && (
          <span className="ms-1 rounded-sm border border-line-strong px-1 py-0.5 text-2xs leading-none font-medium text-ink-soft">
            {tag}
          </span>
        )}
      </span>
    </Link>
  )
}
