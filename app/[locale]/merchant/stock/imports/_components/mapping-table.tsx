import { useTranslations } from 'next-intl'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { isDelivered } from '@/lib/stock-files'
import type { ImportPreview } from '../import-preview'
import { ColumnChoice } from './column-choice'

/** What each column means and why, beside its first values; any of it can be changed. */
export function MappingTable({ preview: { columns, choices } }: { preview: ImportPreview }) {
  const t = useTranslations('upload')
  const p = useTranslations('upload.preview')
  return (
    <Table caption={p('mapping')}>
      <Thead>
        <Th>{p('column')}</Th>
        <Th>{p('meaning')}</Th>
        <Th>{p('reason')}</Th>
        <Th>{p('samples')}</Th>
      </Thead>
      <Tbody>
        {columns.map(({ name, reason, samples }, at) => {
          const { field = 'ignore', optional = false } = choices.mapping.columns[at] ?? {}
          const title = name ?? t('columnNumber', { number: at + 1 })
          return (
            <Tr key={at}>
              <Td label={p('column')}>{title}</Td>
              <Td label={p('meaning')}>
                <ColumnChoice
                  at={at}
                  title={title}
                  field={field}
                  optional={optional}
                  mayBeEmpty={isDelivered(field) && columns.length > 1}
                />
              </Td>
              <Td label={p('reason')}>{p(`reasons.${reason}`)}</Td>
              <Td label={p('samples')}>
                <span className="font-mono text-sm wrap-anywhere text-ink-soft">
                  {samples.filter((sample) => sample !== '').join('  ·  ') || '–'}
                </span>
              </Td>
            </Tr>
          )
        })}
      </Tbody>
    </Table>
  )
}
