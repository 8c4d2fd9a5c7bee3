import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { ImportRow } from '@/lib/queries/merchant'
import { offerName } from '../../../../_console/local'
import { TextLink } from '../../../../_console/text-link'
import { ImportBadge } from './import-badge'

/** Uploads on their way into stock, and those that have arrived. */
export function ImportTable({ rows, ofOne = false }: { rows: readonly ImportRow[]; ofOne?: boolean }) {
  const t = useTranslations('imports')
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale)
  return (
    <Table caption={t('list')}>
      <Thead>
        <Th>{t('column.upload')}</Th>
        {!ofOne && <Th>{t('column.variant')}</Th>}
        <Th>{t('column.state')}</Th>
        <Th numeric>{t('column.lines')}</Th>
        <Th numeric>{t('column.accepted')}</Th>
        <Th>{t('column.uploadedAt')}</Th>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td>
              <TextLink href={`/merchant/stock/imports/${row.id}`} className="font-medium text-jade wrap-anywhere">
                {row.fileName ?? t('pasted')}
              </TextLink>
            </Td>
            {!ofOne && <Td label={t('column.variant')}>{offerName(locale, row)}</Td>}
            <Td label={t('column.state')}>
              <ImportBadge state={row.state} />
            </Td>
            <Td label={t('column.lines')} numeric>
              {row.linesTotal === null ? '–' : number.format(row.linesTotal)}
            </Td>
            <Td label={t('column.accepted')} numeric>
              {row.state === 'DONE' || row.state === 'RUNNING' ? number.format(row.accepted) : '–'}
            </Td>
            <Td label={t('column.uploadedAt')}>
              <span>
                <DateTime at={row.createdAt} />
                <span className="block text-sm text-ink-soft">{row.uploadedBy}</span>
              </span>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
