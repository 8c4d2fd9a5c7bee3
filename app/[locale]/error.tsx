'use client'

import { useLocale, useTranslations } from 'next-intl'
import { getPathname } from '@/i18n/navigation'
import { Button, buttonClass } from '@/components/ui/button'

function digestOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('digest' in error)) return undefined
  return typeof error.digest === 'string' ? error.digest : undefined
}

/** Our bug, not the reader's: says that nothing changed, what to do, and the reference that finds it in the log. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations('common.client.error')
  const locale = useLocale()
  const digest = digestOf(error)
  return (
    <main id="main" className="mx-auto grid max-w-xl gap-4 px-4 py-16">
      <h1 className="text-2xl">{t('title')}</h1>
      <p className="text-ink-soft">{t('body')}</p>
      {digest && <p className="font-mono text-sm text-ink-soft">{t('reference', { digest })}</p>}
      <div className="mt-2 flex flex-wrap gap-3">
        <Button onClick={retry}>{t('retry')}</Button>
        <a href={getPathname({ href: '/', locale })} className={buttonClass({ variant: 'secondary' })}>
          {t('home')}
        </a>
      </div>
    </main>
  )
}
