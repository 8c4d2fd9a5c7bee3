import { Inbox } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { RefundStatus } from '@/lib/infra/prisma/enums'
import { listRefunds } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { RefundBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { FilterBar, FilterSelect } from '../../../_console/filter-bar'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, choiceParam, hrefWith, pageParam } from '../../../_console/params'
import { ReasonText } from '../../../_console/reason-text'
import { TextLink } from '../../../_console/text-link'
import { PaymentTabs } from '../../_components/payment-tabs'

const Query = z.object({ status: choiceParam(RefundStatus), page: pageParam })
const PATH = '/admin/payments/refunds'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payments'))('refunds') }
}

export default async function RefundsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { status, page } = Query.parse(await searchParams)
  const list = await listRefunds(db(), { status }, page)
  const [t, c, s] = [
    await getTranslations('admin.payments'),
    await getTranslations('console.column'),
    await getTranslations('console.refund'),
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('refundsText')}</PageHeader>
      <PaymentTabs current="refunds" />
      <FilterBar path={PATH} active={status !== undefined}>
        <FilterSelect
          label={c('status')}
          name="status"
          value={status}
          choices={Object.values(RefundStatus).map((value) => ({ value, label: s(value) }))}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<Inbox />} title={t(status ? 'noneFound' : 'noRefunds')}>
            {t(status ? 'noneFoundText' : 'noRefundsText')}
          </EmptyState>
        ) : (
          <Table caption={t('refunds')}>
            <Thead>
              <Th>{c('createdAt')}</Th>
              <Th>{c('refund')}</Th>
              <Th>{c('status')}</Th>
              <Th>{c('reason')}</Th>
              <Th>{c('order')}</Th>
              <Th numeric>{c('attempts')}</Th>
              <Th numeric>{c('amount')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((refund) => (
                <Tr key={refund.id}>
                  <Td label={c('createdAt')}>
                    <DateTime at={refund.createdAt} relative={refund.status === 'PENDING'} />
                  </Td>
                  <Td label={c('refund')}>
                    <CopyId id={refund.id} what={c('refund')} />
                  </Td>
                  <Td label={c('status')}>
                    <RefundBadge status={refund.status} />
                  </Td>
                  <Td label={c('reason')}>
                    <span className="block sm:max-w-64">
                      <ReasonText reason={refund.reason} />
                      {refund.lastError && <span className="block text-sm text-danger">{refund.lastError}</span>}
                    </span>
                  </Td>
                  <Td label={c('order')}>
                    {refund.orderId && refund.orderNumber ? (
                      <TextLink href={`/admin/orders/${refund.orderId}`}>{refund.orderNumber}</TextLink>
                    ) : (
                      '–'
                    )}
                  </Td>
                  <Td label={c('attempts')} numeric>
                    {refund.attempts}
                  </Td>
                  <Td label={c('amount')} numeric>
                    <Money minor={refund.amountMinor} currency={refund.currency} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { status, page: to })} />
    </>
  )
}
