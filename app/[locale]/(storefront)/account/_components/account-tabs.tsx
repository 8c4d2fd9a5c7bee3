import { getTranslations } from 'next-intl/server'
import { Tabs } from '@/components/ui/tabs'
import { unreadCount } from '@/lib/web/session'

/** The pages of a buyer's account. */
export async function AccountTabs({ current }: { current: 'orders' | 'complaints' | 'wallet' | 'notifications' }) {
  const [t, n] = [await getTranslations('order'), await getTranslations('notifications')]
  const c = await getTranslations('complain.list')
  const unread = await unreadCount()
  return (
    <div className="mb-6 min-w-0">
      <Tabs
        label={t('list.account')}
        tabs={[
          { href: '/account/orders', label: t('list.title'), current: current === 'orders' },
          { href: '/account/complaints', label: c('tab'), current: current === 'complaints' },
          { href: '/account/wallet', label: t('wallet.title'), current: current === 'wallet' },
          {
            href: '/account/notifications',
            label: n('title'),
            count: unread > 0 ? unread : undefined,
            current: current === 'notifications',
          },
        ]}
      />
    </div>
  )
}
