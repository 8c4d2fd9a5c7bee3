import { useTranslations } from 'next-intl'
import { Link } from '@/i18n/navigation'
import { cx } from './ui/cx'

/** The mark: a key whose bow is the round vermilion seal with 契 (bond). Drawn, so that no font is needed. */
export function Seal({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 48 32" aria-hidden className={cx('h-8 w-12 shrink-0', className)}>
      <g fill="none" stroke="var(--ink)" strokeWidth="2.6" strokeLinecap="square">
        <path d="M30.5 16H45M39 16v6M44.7 16v4.4" />
      </g>
      <circle cx="16" cy="16" r="14.6" fill="var(--vermilion-solid)" />
      <circle cx="16" cy="16" r="12.4" fill="none" stroke="#fff" strokeWidth="0.9" opacity="0.9" />
      <g fill="none" stroke="#fff" strokeWidth="1.55" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8.9 8.6h6.1M9.3 11.2h5.3M8.7 14h6.5M12 6.8v10" />
        <path d="M16.9 8.4h6.3c.1 4-.5 6.700-1.500 7.400-.5.3-1.200.1-1.900-.3M19.700 8.600c-.1 3.100-.9 5.400-2.900 7" />
        <path d="M8.600 19.200h14.800M16 17.400v1.800c-.8 2.900-3.200 4.800-6.800 5.800M16 19.200c.9 2.900 3.400 4.800 7 5.800" />
      </g>
    </svg>
  )
}

/** Seal and name, linking to the face's first page. */
export function Wordmark({ href = '/', tag }: { href?: string; tag?: string }) {
  const t = useTranslations('common')
  return (
    <Link href={href} aria-label={`${t('brand.name')}${tag ? ` ${tag}` : ''}, ${t('nav.home')}`} className="inline-flex min-h-11 items-center gap-1.5 rounded-md">
      <Seal className="h-7 w-[2.625rem]" />
      <span aria-hidden className="flex items-baseline gap-1.5 leading-none whitespace-nowrap">
        <span className="text-[1.1875rem] font-bold tracking-[-0.015em]">Keybond</span>
        <span className="text-[1.0625rem] font-medium">卡契</span>
        {tag && <span className="ms-1 rounded-sm border border-line-strong px-1 py-0.5 text-2xs leading-none font-medium text-ink-soft">{tag}</span>}
      </span>
    </Link>
  )
}
