import { useTranslations } from 'next-intl'
import { Tabs } from '@/components/ui/tabs'

export function ReconciliationTabs({ current }: { current: 'differences' | 'lines' }) {
  const t = useTranslations('admin.reconciliation')
  return (
    <div className="mb-4">
      <Tabs
        label={t('title')}
        tabs={[
          { href: '/admin/reconciliation', label: t('differences'), current: current === 'differences' },
          { href: '/admin/reconciliation/lines', label: t('lines'), current: current === 'lines' },
        ]}
      />
    </div>
  )
}
