import { useTranslations } from 'next-intl'
import { Tabs } from '@/components/ui/tabs'

/** The pages of a buyer's account. */
export function AccountTabs({ current }: { current: 'orders' | 'wallet' }) {
  const t = useTranslations('order')
  return (
    <div className="mb-6">
      <Tabs
        label={t('list.account')}
        tabs={[
          { href: '/account/orders', label: t('list.title'), current: current === 'orders' },
          { href: '/account/wallet', label: t('wallet.title'), current: current === 'wallet' },
        ]}
      />
    </div>
  )
}
