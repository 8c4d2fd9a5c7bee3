import { useLocale, useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Badge } from '@/components/ui/badge'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import type { DeskRow } from '@/lib/queries/merchant'
import { CdkBadge } from '../../../../_console/badges'
import { localText } from '../../../../_console/local'
import { TextLink } from '../../../../_console/text-link'
import { DESK } from '../desk-query'

/** CDKs with a tick each. Codes are not shown: they leave by delivery and by export only. */
export function DeskTable({ rows, now }: { rows: readonly DeskRow[]; now: Date }) {
  const t = useTranslations('desk')
  const locale = useLocale()
  return (
    <Table caption={t('title')}>
      <Thead>
        <Th>{t('column.choose')}</Th>
        <Th>{t('column.cdk')}</Th>
        <Th>{t('column.state')}</Th>
        <Th>{t('column.variant')}</Th>
        <Th>{t('column.expiresAt')}</Th>
        <Th>{t('column.note')}</Th>
        <Th>{t('column.order')}</Th>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td label={t('column.choose')}>
              <label className="inline-flex min-h-9 min-w-9 items-center">
                <input type="checkbox" name="id" value={row.id} className="size-4.5 accent-jade-solid" />
                <span className="sr-only">{t('choose', { id: row.id.slice(-8) })}</span>
              </label>
            </Td>
            <Td label={t('column.cdk')}>
              <span>
                <TextLink
                  href={`${DESK}/${row.id}`}
                  prefetch={false}
                  className="font-mono text-sm text-jade hover:underline"
                >
                  …{row.id.slice(-8)}
                </TextLink>
                <span className="block text-sm text-ink-soft">
                  <DateTime at={row.createdAt} />
                </span>
              </span>
            </Td>
            <Td label={t('column.state')}>
              <span className="inline-flex flex-wrap gap-1">
                <CdkBadge state={row.state} />
                {row.exported && <Badge tone="neutral">{t('exported')}</Badge>}
              </span>
            </Td>
            <Td label={t('column.variant')}>
              <span className="block sm:max-w-64">
                {localText(locale, row.nameZh, row.nameEn)}
                <span className="block text-sm text-ink-soft">{localText(locale, row.titleZh, row.titleEn)}</span>
              </span>
            </Td>
            <Td label={t('column.expiresAt')}>
              <Expiry row={row} now={now} />
            </Td>
            <Td label={t('column.note')}>
              <span className="block break-words sm:max-w-56">{row.note ?? '–'}</span>
            </Td>
            <Td label={t('column.order')}>
              {row.orderId ? (
                <TextLink href={`/merchant/orders/${row.orderId}`} prefetch={false}>
                  {row.orderNumber}
                </TextLink>
              ) : (
                '–'
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function Expiry({ row: { expiresAt, sellBy, state }, now }: { row: DeskRow; now: Date }) {
  const t = useTranslations('desk')
  if (!expiresAt) return '–'
  return (
    <span className="inline-flex flex-wrap items-baseline gap-1.5">
      <DateTime at={expiresAt} />
      {expiresAt <= now ? (
        <Badge tone="danger">{t('expired')}</Badge>
      ) : (
        state === 'AVAILABLE' && sellBy <= now && <Badge tone="amber">{t('short')}</Badge>
      )}
    </span>
  )
}
