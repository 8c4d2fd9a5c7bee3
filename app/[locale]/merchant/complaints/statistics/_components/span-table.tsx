import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { ComplaintSpan } from '@/lib/queries/merchant'

interface Props {
  title: string
  /** What the rows are told apart by. */
  column: string
  rows: readonly {
    readonly key: string
    readonly name: ReactNode
    readonly now: ComplaintSpan
    readonly before: ComplaintSpan
  }[]
}

/** Both spans side by side, a row for each of something. */
export function SpanTable({ title, column, rows }: Props) {
  const t = useTranslations('claims.statistics')
  const format = useFormatter()
  return (
    <Card title={title} flush>
      <Table caption={title}>
        <Thead>
          <Th>{column}</Th>
          <Th numeric>{t('openedNow')}</Th>
          <Th numeric>{t('upheldNow')}</Th>
          <Th numeric>{t('openedBefore')}</Th>
          <Th numeric>{t('upheldBefore')}</Th>
        </Thead>
        <Tbody>
          {rows.map(({ key, name, now, before }) => (
            <Tr key={key}>
              <Td>{name}</Td>
              <Td label={t('openedNow')} numeric>
                {format.number(now.opened)}
              </Td>
              <Td label={t('upheldNow')} numeric>
                <UpheldText span={now} />
              </Td>
              <Td label={t('openedBefore')} numeric>
                {format.number(before.opened)}
              </Td>
              <Td label={t('upheldBefore')} numeric>
                <UpheldText span={before} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

/** Upheld of what was decided, with the share. */
export function UpheldText({ span: { upheld, decided } }: { span: ComplaintSpan }) {
  const t = useTranslations('claims.statistics')
  const format = useFormatter()
  if (decided === 0) return t('nothing')
  const share = format.number(upheld / decided, { style: 'percent', maximumFractionDigits: 0 })
  return t('of', { upheld, decided, share })
}
