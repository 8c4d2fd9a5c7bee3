import { useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import type { ImportRow } from '@/lib/queries/merchant'
import { TextLink } from '../../../../_console/text-link'
import { ImportTable } from './import-table'

interface Props {
  readonly rows: readonly ImportRow[]
  /** All of one variant. */
  readonly ofOne?: boolean
  readonly className?: string
}

/** What runs, what waits for a decision, and the latest; nothing where there never was an import. */
export function RecentImports({ rows, ofOne = false, className }: Props) {
  const t = useTranslations('imports')
  if (rows.length === 0) return null
  return (
    <Card
      flush
      title={t('list')}
      action={<TextLink href="/merchant/stock/imports">{t('all')}</TextLink>}
      {...(className !== undefined && { className })}
    >
      <ImportTable rows={rows} ofOne={ofOne} />
    </Card>
  )
}
