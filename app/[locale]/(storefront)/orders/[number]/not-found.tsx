import { FileQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** Also what somebody else's order answers: it does not say whether the order exists. */
export default function OrderNotFound() {
  const t = useTranslations('order.pageNotFound')
  return (
    <EmptyState
      icon={<FileQuestionMark />}
      title={<h1 className="text-xl">{t('title')}</h1>}
      action={
        <span className="flex flex-wrap justify-center gap-3">
          <ButtonLink href="/lookup">{t('lookup')}</ButtonLink>
          <ButtonLink href="/sign-in" variant="secondary">
            {t('signIn')}
          </ButtonLink>
        </span>
      }
    >
      {t('body')}
    </EmptyState>
  )
}
