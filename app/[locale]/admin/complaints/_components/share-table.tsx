import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Duration } from '@/components/duration'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { Share } from '@/lib/queries/complaint-facts'
import { Figure, Figures } from '../../../_console/facts'

interface Row extends Share {
  readonly key: string
  readonly name: ReactNode
}

/** How complaints went, in all. */
export function ShareFigures({ share }: { share: Share }) {
  const t = useTranslations('adminComplaints.statistics')
  return (
    <Figures>
      <Figure name={t('opened')}>{share.opened}</Figure>
      <Figure name={t('upheld')} note={t('ofDecided', { upheld: share.upheld, decided: share.decided })}>
        <UpheldShare share={share} />
      </Figure>
      <Figure name={t('reply')}>
        <Duration seconds={share.replySeconds} />
      </Figure>
      <Figure name={t('remedy')}>
        <Duration seconds={share.remedySeconds} />
      </Figure>
    </Figures>
  )
}

/** The same by merchant, category or failure. */
export function ShareTable({ title, rows }: { title: string; rows: readonly Row[] }) {
  const t = useTranslations('adminComplaints.statistics')
  return (
    <Card title={title} flush>
      <Table caption={title}>
        <Thead>
          <Th>{t('of')}</Th>
          <Th numeric>{t('opened')}</Th>
          <Th numeric>{t('decided')}</Th>
          <Th numeric>{t('upheld')}</Th>
          <Th numeric>{t('reply')}</Th>
          <Th numeric>{t('remedy')}</Th>
        </Thead>
        <Tbody>
          {rows.map((row) => (
            <Tr key={row.key}>
              <Td>{row.name}</Td>
              <Td label={t('opened')} numeric>
                {row.opened}
              </Td>
              <Td label={t('decided')} numeric>
                {row.decided}
              </Td>
              <Td label={t('upheld')} numeric>
                <UpheldShare share={row} />
              </Td>
              <Td label={t('reply')} numeric>
                <Duration seconds={row.replySeconds} />
              </Td>
              <Td label={t('remedy')} numeric>
                <Duration seconds={row.remedySeconds} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}

/** Of those that were decided; nothing as long as none was. */
function UpheldShare({ share: { upheld, decided } }: { share: Share }) {
  const format = useFormatter()
  return decided === 0 ? '–' : format.number(upheld / decided, { style: 'percent' })
}
