import { useTranslations } from 'next-intl'
import { Tabs } from '@/components/ui/tabs'

export function PaymentTabs({ current }: { current: 'inbox' | 'captures' | 'refunds' }) {
  const t = useTranslations('admin.payments')
  const hrefs = {
    inbox: '/admin/payments',
    captures: '/admin/payments/captures',
    refunds: '/admin/payments/refunds',
  } as const
  return (
    <div className="mb-4">
      <Tabs
        label={t('title')}
        tabs={(['inbox', 'captures', 'refunds'] as const).map((name) => ({
          href: hrefs[name],
          label: t(name),
          current: name === current,
        }))}
      />
    </div>
  )
}
