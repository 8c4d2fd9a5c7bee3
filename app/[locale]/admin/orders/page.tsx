import { ReceiptText } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { db } from '@/lib/infra/db'
import { OrderStatus } from '@/lib/infra/prisma/enums'
import { listAdminOrders, listMerchantChoices } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { OrderBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect, FilterSpan } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { localText } from '../../_console/local'
import {
  type SearchParams,
  choiceParam,
  dayParam,
  endOfDay,
  hrefWith,
  idParam,
  pageParam,
  startOfDay,
  wordsParam,
} from '../../_console/params'
import { TextLink } from '../../_console/text-link'

const Query = z.object({
  q: wordsParam,
  status: choiceParam(OrderStatus),
  merchant: idParam,
  from: dayParam,
  until: dayParam,
  overdue: choiceParam({ yes: 'yes' }),
  page: pageParam,
})
const PATH = '/admin/orders'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.orders'))('title') }
}

export default async function OrdersPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { page, ...query } = Query.parse(await searchParams)
  const { q, status, merchant, from, until, overdue } = query
  const overdueAt = overdue && new Date()
  const list = await listAdminOrders(
    db(),
    { q, status, merchantId: merchant, from: startOfDay(from), until: endOfDay(until), overdueAt },
    page,
  )
  const merchants = await listMerchantChoices(db())
  const [t, c, s, locale] = [
    await getTranslations('admin.orders'),
    await getTranslations('console.column'),
    await getTranslations('console.order'),
    await getLocale(),
  ]
  const active = Object.values(query).some(Boolean)
  return (
    <>
      <PageHeader title={t('title')} />
      <FilterBar path={PATH} active={active}>
        <FilterInput label={t('search')} name="q" value={q} placeholder={t('searchHint')} />
        <FilterSelect
          label={c('status')}
          name="status"
          value={status}
          choices={Object.values(OrderStatus).map((value) => ({ value, label: s(value) }))}
        />
        <FilterSelect
          label={c('merchant')}
          name="merchant"
          value={merchant}
          choices={merchants.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <FilterSelect
          label={t('due')}
          name="overdue"
          value={overdue}
          choices={[{ value: 'yes', label: t('overdue') }]}
        />
        <FilterSpan>
          <FilterInput label={t('from')} name="from" type="date" value={from} />
          <FilterInput label={t('until')} name="until" type="date" value={until} />
        </FilterSpan>
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<ReceiptText />} title={t(active ? 'noneFound' : 'none')}>
            {t(active ? 'noneFoundText' : 'noneText')}
          </EmptyState>
        ) : (
          <Table caption={t('title')}>
            <Thead>
              <Th>{c('order')}</Th>
              <Th>{c('product')}</Th>
              <Th>{c('merchant')}</Th>
              <Th>{c('status')}</Th>
              <Th numeric>{c('total')}</Th>
              <Th>{c('placedAt')}</Th>
              <Th>{c('dueAt')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((order) => (
                <Tr key={order.id}>
                  <Td>
                    <TextLink href={`${PATH}/${order.id}`}>{order.number}</TextLink>
                  </Td>
                  <Td label={c('product')}>
                    <span className="block sm:max-w-72">
                      {localText(locale, order.titleZh, order.titleEn)}{' '}
                      <span className="text-ink-soft">× {order.quantity}</span>
                    </span>
                  </Td>
                  <Td label={c('merchant')}>
                    <TextLink
                      href={`/admin/merchants/${order.merchantId}`}
                      className="underline-offset-4 hover:underline"
                    >
                      {order.merchant}
                    </TextLink>
                  </Td>
                  <Td label={c('status')}>
                    <OrderBadge status={order.status} />
                  </Td>
                  <Td label={c('total')} numeric>
                    <Money minor={order.totalMinor} currency={order.currency} />
                  </Td>
                  <Td label={c('placedAt')}>
                    <DateTime at={order.placedAt} />
                  </Td>
                  <Td label={c('dueAt')}>{order.dueAt ? <DateTime at={order.dueAt} /> : '–'}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { ...query, page: to })} />
    </>
  )
}
