import { useFormatter, useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { localText } from '@/app/[locale]/_console/local'
import { Duration } from '@/components/duration'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { Share } from '@/lib/queries/complaint-facts'
import { FEWEST_TOLD, type Transparency } from '@/lib/queries/storefront'

export function FailureTable({ failures: { told, others } }: Pick<Transparency, 'failures'>) {
  const t = useTranslations('transparency')
  const f = useTranslations('failures.name')
  const rows = told.map((row) => ({ ...row, key: row.failure, name: f(row.failure) }))
  return <KindTable title={t('byFailure')} rows={rows} others={others} />
}

export function CategoryTable({ categories: { told, others } }: Pick<Transparency, 'categories'>) {
  const t = useTranslations('transparency')
  const locale = useLocale()
  const rows = told.map((row) => ({ ...row, key: row.slug, name: localText(locale, row.nameZh, row.nameEn) }))
  return <KindTable title={t('byCategory')} rows={rows} others={others} />
}

interface Props {
  title: string
  rows: readonly (Share & { readonly key: string; readonly name: ReactNode })[]
  /** Complaints of the kinds that have too few to be told; null when together they are too few as well. */
  others: number | null
}

function KindTable({ title, rows, others }: Props) {
  const t = useTranslations('transparency')
  const format = useFormatter()
  return (
    <Card title={title} flush>
      <Table caption={title}>
        <Thead>
          <Th>{title}</Th>
          <Th numeric>{t('opened')}</Th>
          <Th numeric>{t('upheld')}</Th>
          <Th numeric>{t('reply')}</Th>
          <Th numeric>{t('remedy')}</Th>
        </Thead>
        <Tbody>
          {rows.map(({ key, name, opened, decided, upheld, replySeconds, remedySeconds }) => (
            <Tr key={key}>
              <Td>{name}</Td>
              <Td label={t('opened')} numeric>
                {opened}
              </Td>
              <Td label={t('upheld')} numeric>
                {decided < FEWEST_TOLD ? '–' : format.number(upheld / decided, { style: 'percent' })}
              </Td>
              <Td label={t('reply')} numeric>
                <Duration seconds={replySeconds} />
              </Td>
              <Td label={t('remedy')} numeric>
                <Duration seconds={remedySeconds} />
              </Td>
            </Tr>
          ))}
          {others !== 0 && (
            <Tr>
              <Td>{t('others', { fewest: FEWEST_TOLD })}</Td>
              <Td label={t('opened')} numeric>
                {others ?? t('few', { fewest: FEWEST_TOLD })}
              </Td>
              <Td label={t('upheld')} numeric>
                –
              </Td>
              <Td label={t('reply')} numeric>
                –
              </Td>
              <Td label={t('remedy')} numeric>
                –
              </Td>
            </Tr>
          )}
        </Tbody>
      </Table>
    </Card>
  )
}
