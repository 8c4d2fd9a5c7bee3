import { Inbox } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { EventVerdict } from '@/lib/infra/prisma/enums'
import { listInbox } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { VerdictBadge } from '../../_console/badges'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, choiceParam, hrefWith, pageParam, wordsParam } from '../../_console/params'
import { ReasonText } from '../../_console/reason-text'
import { TextLink } from '../../_console/text-link'
import { PaymentTabs } from '../_components/payment-tabs'

/** Reasons that events are ignored or rejected for (lib/domain/orders/receive-payment-event.ts). */
const REASONS = [
  'forged',
  'stale',
  'malformed',
  'foreign',
  'amount-mismatch',
  'currency-mismatch',
  'replayed',
  'known',
  'not-captured',
] as const
const Query = z.object({ verdict: choiceParam(EventVerdict), reason: wordsParam, page: pageParam })
const PATH = '/admin/payments'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payments'))('title') }
}

export default async function InboxPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { page, ...filter } = Query.parse(await searchParams)
  const list = await listInbox(db(), filter, page)
  const [t, c, v, r] = [
    await getTranslations('admin.payments'),
    await getTranslations('console.column'),
    await getTranslations('console.verdict'),
    await getTranslations('console.reason'),
  ]
  const active = Object.values(filter).some(Boolean)
  return (
    <>
      <PageHeader title={t('title')}>{t('inboxText')}</PageHeader>
      <PaymentTabs current="inbox" />
      <FilterBar path={PATH} active={active}>
        <FilterSelect
          label={c('verdict')}
          name="verdict"
          value={filter.verdict}
          choices={Object.values(EventVerdict).map((value) => ({ value, label: v(value) }))}
        />
        <FilterSelect
          label={c('reason')}
          name="reason"
          value={filter.reason}
          choices={REASONS.map((value) => ({ value, label: r(value) }))}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<Inbox />} title={t(active ? 'noneFound' : 'noEvents')}>
            {t(active ? 'noneFoundText' : 'noEventsText')}
          </EmptyState>
        ) : (
          <Table caption={t('inbox')}>
            <Thead>
              <Th>{c('receivedAt')}</Th>
              <Th>{c('verdict')}</Th>
              <Th>{c('reason')}</Th>
              <Th>{c('type')}</Th>
              <Th>{c('provider')}</Th>
              <Th>{c('order')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((event) => (
                <Tr key={event.id}>
                  <Td>
                    <TextLink href={`${PATH}/${event.id}`}>
                      <DateTime at={event.receivedAt} style="second" />
                    </TextLink>
                  </Td>
                  <Td label={c('verdict')}>
                    <VerdictBadge verdict={event.verdict} />
                  </Td>
                  <Td label={c('reason')}>{event.reason ? <ReasonText reason={event.reason} /> : '–'}</Td>
                  <Td label={c('type')}>{event.type ?? '–'}</Td>
                  <Td label={c('provider')}>{event.provider}</Td>
                  <Td label={c('order')}>
                    {event.orderId && event.orderNumber ? (
                      <TextLink href={`/admin/orders/${event.orderId}`}>{event.orderNumber}</TextLink>
                    ) : (
                      '–'
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { ...filter, page: to })} />
    </>
  )
}
