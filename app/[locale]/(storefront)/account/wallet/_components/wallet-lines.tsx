import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { TextLink } from '@/components/text-link'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Pagination } from '@/components/ui/pagination'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { WALLET_CURRENCY, type WalletLine } from '@/lib/queries/order'
import type { Page } from '@/lib/queries/page'

const CODES = ['top-up', 'wallet-pay', 'wallet-back', 'refund'] as const

/** Everything that came into the wallet or left it. */
export function WalletLines({ lines: { rows, page, pages } }: { lines: Page<WalletLine> }) {
  const t = useTranslations('order.wallet')
  if (rows.length === 0) return <EmptyState title={t('empty')}>{t('emptyBody')}</EmptyState>
  return (
    <div>
      <Card title={t('history')} flush>
        <Table caption={t('history')}>
          <Thead>
            <Th>{t('when')}</Th>
            <Th>{t('what')}</Th>
            <Th>{t('order')}</Th>
            <Th numeric>{t('change')}</Th>
          </Thead>
          <Tbody>
            {rows.map(({ id, at, code, orderNumber, amountMinor }) => (
              <Tr key={id}>
                <Td label={t('when')}>
                  <DateTime at={at} />
                </Td>
                <Td label={t('what')}>{t(`code.${CODES.find((known) => known === code) ?? 'other'}`)}</Td>
                <Td label={t('order')}>
                  {orderNumber === null ? (
                    '—'
                  ) : (
                    <span className="font-mono text-sm break-all">
                      <TextLink href={`/orders/${orderNumber}`}>{orderNumber}</TextLink>
                    </span>
                  )}
                </Td>
                <Td label={t('change')} numeric>
                  {amountMinor > 0 && '+'}
                  <Money minor={amountMinor} currency={WALLET_CURRENCY} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </Card>
      <Pagination page={page} pages={pages} hrefOf={(to) => `/account/wallet?page=${to}`} />
    </div>
  )
}
