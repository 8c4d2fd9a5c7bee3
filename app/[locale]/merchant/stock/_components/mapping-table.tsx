'use client'

import { useTranslations } from 'next-intl'
import { Select } from '@/components/ui/input'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { STOCK_FIELDS } from '@/lib/stock-files/header-names'
import { isDelivered } from '@/lib/stock-files/mapping'
import type { ChosenColumn } from '../upload-choices'
import type { PreviewColumn } from '../upload-preview'

interface Props {
  readonly columns: readonly PreviewColumn[]
  readonly chosen: readonly ChosenColumn[]
  readonly onChoose: (columns: ChosenColumn[]) => void
}

/** What each column means and why, beside its first values; any of it can be changed. */
export function MappingTable({ columns, chosen, onChoose }: Props) {
  const t = useTranslations('upload')
  const p = useTranslations('upload.preview')
  const change = (at: number, part: Partial<ChosenColumn>) =>
    onChoose(chosen.map((column, nth) => (nth === at ? { ...column, ...part } : column)))
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
          const column = chosen[at] ?? { field: 'ignore', label: null, optional: false }
          const title = name ?? t('columnNumber', { number: at + 1 })
          return (
            <Tr key={at}>
              <Td label={p('column')}>{title}</Td>
              <Td label={p('meaning')}>
                <span className="grid gap-1">
                  <Select
                    aria-label={p('meaningOf', { column: title })}
                    value={column.field}
                    onChange={({ target }) => {
                      const field = STOCK_FIELDS.find((each) => each === target.value)
                      if (field) change(at, { field, label: name?.slice(0, 20) ?? null })
                    }}
                  >
                    {STOCK_FIELDS.map((field) => (
                      <option key={field} value={field}>
                        {p(`fields.${field}`)}
                      </option>
                    ))}
                  </Select>
                  {isDelivered(column.field) && columns.length > 1 && (
                    <label className="flex min-h-9 items-center gap-2 text-sm">
                      <input
                        type="checkbox"
                        className="size-5 shrink-0 accent-jade-solid"
                        checked={column.optional}
                        onChange={({ target }) => change(at, { optional: target.checked })}
                      />
                      {p('mayBeEmpty')}
                    </label>
                  )}
                </span>
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
