import { useTranslations } from 'next-intl'
import { Tabs } from '@/components/ui/tabs'

const PATH = '/admin/complaints'
const PAGES = ['all', 'overdue', 'limits', 'arbitrators', 'statistics'] as const
export type DeskPage = (typeof PAGES)[number]

/** What the desk of complaints is made of. */
export function DeskTabs({ here }: { here: DeskPage }) {
  const t = useTranslations('adminComplaints')
  return (
    <div className="mb-4">
      <Tabs
        label={t('title')}
        tabs={PAGES.map((page) => ({
          href: page === 'all' ? PATH : `${PATH}/${page}`,
          label: t(`tab.${page}`),
          current: page === here,
        }))}
      />
    </div>
  )
}
