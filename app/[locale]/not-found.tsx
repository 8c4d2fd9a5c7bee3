import { FileQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Wordmark } from '@/components/brand'
import { MAIN_ID } from '@/components/skip-link'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** Also what an id of somebody else answers: it does not say whether the thing exists. */
export default function NotFound() {
  const t = useTranslations('common.notFound')
  return (
    <div className="mx-auto max-w-page px-4 py-4 sm:px-6">
      <Wordmark />
      <main id={MAIN_ID} className="pt-10">
        <EmptyState
          icon={<FileQuestionMark />}
          title={<h1 className="text-xl">{t('title')}</h1>}
          action={<ButtonLink href="/">{t('home')}</ButtonLink>}
        >
          {t('body')}
        </EmptyState>
      </main>
    </div>
  )
}
