import { FileQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** Inside the storefront's frame, so that search and categories are at hand. */
export default function StorefrontNotFound() {
  const t = useTranslations('common.notFound')
  return (
    <EmptyState
      icon={<FileQuestionMark />}
      title={<h1 className="text-xl">{t('title')}</h1>}
      action={<ButtonLink href="/search">{t('search')}</ButtonLink>}
    >
      {t('body')}
    </EmptyState>
  )
}
