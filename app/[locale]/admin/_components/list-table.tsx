import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { Page } from '@/lib/queries/page'
import { ListFoot } from '../../_console/list-foot'
import { hrefWith } from '../../_console/params'

export interface ListColumn<Row> {
  readonly title: string
  readonly numeric?: boolean
  /** Names the row: on phones it stands alone at the top of its card. */
  readonly lead?: boolean
  readonly cell: (row: Row) => ReactNode
}

interface TableProps<Row> {
  caption: string
  columns: readonly ListColumn<Row>[]
  rows: readonly Row[]
}

export function ListTable<Row extends { readonly id: string }>({ caption, columns, rows }: TableProps<Row>) {
  return (
    <Table caption={caption}>
      <Thead>
        {columns.map(({ title, numeric = false }) => (
          <Th key={title} numeric={numeric}>
            {title}
          </Th>
        ))}
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            {columns.map(({ title, numeric = false, lead = false, cell }) => (
              <Td key={title} numeric={numeric} {...(lead ? {} : { label: title })}>
                {cell(row)}
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

interface ListProps<Row> extends Omit<TableProps<Row>, 'rows'> {
  page: Page<Row>
  path: string
  /** The filters of the address; they stay when one pages. */
  query: Readonly<Record<string, string | undefined>>
  icon: ReactNode
  /** Said when there is nothing at all; filters that find nothing say so themselves. */
  none: { readonly title: string; readonly text: string }
}

/** One page of a list with what to say when it is empty and the way to the other pages. */
export function ListView<Row extends { readonly id: string }>({
  page,
  path,
  query,
  icon,
  none,
  ...table
}: ListProps<Row>) {
  const t = useTranslations('admin.list')
  const active = Object.values(query).some(Boolean)
  return (
    <div>
      <Card flush>
        {page.rows.length === 0 ? (
          <EmptyState icon={icon} title={active ? t('noneFound') : none.title}>
            {active ? t('noneFoundText') : none.text}
          </EmptyState>
        ) : (
          <ListTable rows={page.rows} {...table} />
        )}
      </Card>
      <ListFoot page={page} hrefOf={(to) => hrefWith(path, { ...query, page: to })} />
    </div>
  )
}
