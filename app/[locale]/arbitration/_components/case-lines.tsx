import { useTranslations } from 'next-intl'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Badge } from '@/components/ui/badge'
import type { CaseLine } from '@/lib/queries/arbitration'
import { TextLink } from '../../_console/text-link'
import { ListTable } from '../../admin/_components/list-table'

interface Props {
  caption: string
  lines: readonly CaseLine[]
}

/** Open cases by their target time. */
export function CaseLines({ caption, lines }: Props) {
  const t = useTranslations('arbitration.cases')
  const f = useTranslations('failures.name')
  return (
    <ListTable
      caption={caption}
      rows={lines}
      columns={[
        {
          title: t('case'),
          lead: true,
          cell: ({ id, number }) => <TextLink href={`/arbitration/${id}`}>{number}</TextLink>,
        },
        {
          title: t('waits'),
          cell: ({ waits, role }) => (
            <span className="inline-grid justify-items-start gap-0.5 max-sm:justify-items-end">
              {waits && (
                <Badge tone={waits === 'RULE' || waits === 'SIGN' ? 'amber' : 'neutral'}>
                  {t(`waitsFor.${waits}`)}
                </Badge>
              )}
              <span className="text-sm text-ink-soft">
                {t('role')} {t(`roleOf.${role}`)}
              </span>
            </span>
          ),
        },
        {
          title: t('target'),
          cell: ({ waits, targetAt, alarmAt }) => (
            <span className="inline-grid justify-items-start gap-0.5 max-sm:justify-items-end">
              <DateTime at={targetAt} />
              {(waits === 'RULE' || waits === 'SIGN') && <Countdown to={targetAt} over={t('overTarget')} />}
              <span className="text-sm text-ink-soft">
                {t('alarm')} <DateTime at={alarmAt} />
              </span>
            </span>
          ),
        },
        {
          title: t('failure'),
          cell: ({ failure, merchant }) => (
            <>
              {f(failure)} <span className="block text-sm text-ink-soft">{merchant}</span>
            </>
          ),
        },
        {
          title: t('stake'),
          numeric: true,
          cell: ({ stakeMinor, currency }) => <Money minor={stakeMinor} currency={currency} />,
        },
      ]}
    />
  )
}

/** What is over, and for whom it was found. */
export function ClosedLines({ caption, lines }: Props) {
  const t = useTranslations('arbitration.cases')
  const f = useTranslations('failures.name')
  const k = useTranslations('case')
  return (
    <ListTable
      caption={caption}
      rows={lines}
      columns={[
        {
          title: t('case'),
          lead: true,
          cell: ({ id, number }) => <TextLink href={`/arbitration/${id}`}>{number}</TextLink>,
        },
        {
          title: t('ended'),
          cell: ({ outcome, forBuyer }) =>
            outcome === 'RULED' && forBuyer !== null
              ? k(forBuyer ? 'ruling.forBuyer' : 'ruling.forMerchant')
              : outcome && k(`outcome.${outcome}`),
        },
        { title: t('role'), cell: ({ role }) => t(`roleOf.${role}`) },
        { title: t('failure'), cell: ({ failure }) => f(failure) },
        {
          title: t('stake'),
          numeric: true,
          cell: ({ stakeMinor, currency }) => <Money minor={stakeMinor} currency={currency} />,
        },
        { title: t('closedAt'), cell: ({ closedAt }) => closedAt && <DateTime at={closedAt} /> },
      ]}
    />
  )
}
