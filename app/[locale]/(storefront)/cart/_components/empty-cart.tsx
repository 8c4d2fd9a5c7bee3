import { ShoppingCart } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

export function EmptyCart() {
  const t = useTranslations('storefront.cart')
  return (
    <EmptyState
      icon={<ShoppingCart />}
      title={<h1 className="text-xl">{t('empty')}</h1>}
      action={<ButtonLink href="/search">{t('browse')}</ButtonLink>}
    >
      {t('emptyBody')}
    </EmptyState>
  )
}
