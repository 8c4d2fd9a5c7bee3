import { useLocale, useTranslations } from 'next-intl'
import { CaseBadge } from '@/components/case/case-badge'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { Badge } from '@/components/ui/badge'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { MerchantComplaintRow } from '@/lib/queries/merchant'
import { localText } from '../../../_console/local'
import { TextLink } from '../../../_console/text-link'
import { COMPLAINTS } from '../query'

/** The queue: which case, what is wrong, where it stands, by when. */
export function ComplaintTable({ rows, caption }: { rows: readonly MerchantComplaintRow[]; caption: string }) {
  const t = useTranslations('claims')
  const f = useTranslations('failures.name')
  const c = useTranslations('case')
  const locale = useLocale()
  return (
    <Table caption={caption}>
      <Thead>
        <Th>{t('column.case')}</Th>
        <Th>{t('column.failure')}</Th>
        <Th>{t('column.state')}</Th>
        <Th>{t('column.deadline')}</Th>
        <Th numeric>{t('column.stake')}</Th>
        <Th>{t('column.opened')}</Th>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td>
              <span className="block">
                <TextLink
                  href={`${COMPLAINTS}/${row.id}`}
                  className="font-medium whitespace-nowrap text-jade tabular-nums underline-offset-4 hover:underline"
                >
                  {row.number}
                </TextLink>{' '}
                {row.unread && <Badge tone="info">{t('unread')}</Badge>}
                <span className="block text-sm text-ink-soft tabular-nums">{row.orderNumber}</span>
              </span>
            </Td>
            <Td label={t('column.failure')}>
              <span className="block sm:max-w-64">
                {f(row.failure)}
                <span className="block text-sm text-ink-soft">
                  {localText(locale, row.titleZh, row.titleEn)} · {t('units', { count: row.units })} ·{' '}
                  {c(`remedy.${row.demand}`)}
                </span>
              </span>
            </Td>
            <Td label={t('column.state')}>
              <span className="block">
                <CaseBadge state={row.state} />
                {row.outcome && <span className="block text-sm text-ink-soft">{c(`outcome.${row.outcome}`)}</span>}
              </span>
            </Td>
            <Td label={t('column.deadline')}>
              {row.dueAt ? (
                <span className="block">
                  <Countdown to={row.dueAt} />
                  <span className="block text-sm text-ink-soft">
                    <DateTime at={row.dueAt} />
                  </span>
                </span>
              ) : (
                <span className="text-ink-soft">{t('noDeadline')}</span>
              )}
            </Td>
            <Td label={t('column.stake')} numeric>
              <Money minor={row.stakeMinor} currency={row.currency} />
            </Td>
            <Td label={t('column.opened')}>
              <DateTime at={row.openedAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
