import { Download } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { buttonClass } from '@/components/ui/button'
import { hrefWith } from '../../_console/params'
import type { ExportName } from './export-names'

/** The whole list under its present filters, as CSV. */
export function ExportLink({
  list,
  query = {},
}: {
  list: ExportName
  query?: Readonly<Record<string, string | undefined>>
}) {
  const t = useTranslations('admin.list')
  return (
    <a
      href={hrefWith(`/api/admin/export/${list}`, { ...query, locale: useLocale() })}
      download
      className={buttonClass({ variant: 'secondary' })}
    >
      <Download aria-hidden />
      {t('export')}
    </a>
  )
}
