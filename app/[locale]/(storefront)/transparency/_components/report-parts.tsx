import { useFormatter, useTranslations } from 'next-intl'
import { Fact, Facts, Figure, Figures } from '@/app/[locale]/_console/facts'
import { Duration } from '@/components/duration'
import { Money } from '@/components/money'
import { Card } from '@/components/ui/card'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { Transparency } from '@/lib/queries/storefront'

interface Props {
  facts: Transparency
}

const CURRENCY = 'CNY'

/** The four numbers that say most. */
export function Overview({ facts: { all, open } }: Props) {
  const t = useTranslations('transparency')
  const format = useFormatter()
  return (
    <section aria-labelledby="overview">
      <h2 id="overview" className="mb-3 text-xl">
        {t('overview')}
      </h2>
      <Figures>
        <Figure name={t('opened')} note={t('open', { count: open })}>
          {format.number(all.opened)}
        </Figure>
        <Figure name={t('upheld')} note={t('ofDecided', { upheld: all.upheld, decided: all.decided })}>
          {all.decided === 0 ? '–' : format.number(all.upheld / all.decided, { style: 'percent' })}
        </Figure>
        <Figure name={t('reply')} note={t('median')}>
          <Duration seconds={all.replySeconds} />
        </Figure>
        <Figure name={t('remedy')} note={t('median')}>
          <Duration seconds={all.remedySeconds} />
        </Figure>
      </Figures>
    </section>
  )
}

/** How they ended. */
export function Endings({ facts: { outcomes } }: Props) {
  const t = useTranslations('transparency')
  const k = useTranslations('case.outcome')
  return (
    <Card title={t('endings')}>
      {outcomes.length === 0 ? (
        <p className="text-ink-soft">{t('noEndings')}</p>
      ) : (
        <dl className="grid gap-2">
          {outcomes.map(({ outcome, count }) => (
            <div key={outcome} className="flex items-baseline justify-between gap-4">
              <dt>{k(outcome)}</dt>
              <dd className="tabular-nums">{count}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}

/** What came before the arbitrators, how late, and how often an appeal changed it. */
export function ArbitrationFacts({ facts: { arbitration } }: Props) {
  const t = useTranslations('transparency')
  return (
    <Card title={t('arbitration')}>
      <Facts>
        <Fact term={t('escalated')}>{arbitration.escalated}</Fact>
        <Fact term={t('late')}>{arbitration.late}</Fact>
        <Fact term={t('appeals')}>{arbitration.appeals}</Fact>
        <Fact term={t('changed')}>{arbitration.changed}</Fact>
      </Facts>
    </Card>
  )
}

/** What merchants paid out of their deposits, by the published tariff. */
export function Penalties({ facts: { penalties } }: Props) {
  const t = useTranslations('transparency')
  if (penalties.length === 0) {
    return (
      <Card title={t('penalties')}>
        <p className="text-ink-soft">{t('noPenalties')}</p>
      </Card>
    )
  }
  return (
    <Card title={t('penalties')} flush>
      <Table caption={t('penalties')}>
        <Thead>
          <Th>{t('tariff')}</Th>
          <Th numeric>{t('times')}</Th>
          <Th numeric>{t('returned')}</Th>
          <Th numeric>{t('taken')}</Th>
        </Thead>
        <Tbody>
          {penalties.map(({ tariff, count, returned, takenMinor }) => (
            <Tr key={tariff}>
              <Td>{t(`tariffOf.${tariff}`)}</Td>
              <Td label={t('times')} numeric>
                {count}
              </Td>
              <Td label={t('returned')} numeric>
                {returned}
              </Td>
              <Td label={t('taken')} numeric>
                <Money minor={takenMinor} currency={CURRENCY} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Card>
  )
}
