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
import { PaymentUse } from '@/lib/infra/prisma/enums'
import { listPayments } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { UseBadge } from '../../../_console/badges'
import { CopyId } from '../../../_console/copy-id'
import { FilterBar, FilterSelect } from '../../../_console/filter-bar'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, choiceParam, hrefWith, pageParam } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { PaymentTabs } from '../../_components/payment-tabs'

const Query = z.object({ use: choiceParam(PaymentUse), page: pageParam })
const PATH = '/admin/payments/captures'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payments'))('captures') }
}

export default async function CapturesPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { use, page } = Query.parse(await searchParams)
  const list = await listPayments(db(), { use }, page)
  const [t, c, u] = [
    await getTranslations('admin.payments'),
    await getTranslations('console.column'),
    await getTranslations('console.use'),
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('capturesText')}</PageHeader>
      <PaymentTabs current="captures" />
      <FilterBar path={PATH} active={use !== undefined}>
        <FilterSelect
          label={c('use')}
          name="use"
          value={use}
          choices={Object.values(PaymentUse).map((value) => ({ value, label: u(value) }))}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<Inbox />} title={t(use ? 'noneFound' : 'noCaptures')}>
            {t(use ? 'noneFoundText' : 'noCapturesText')}
          </EmptyState>
        ) : (
          <Table caption={t('captures')}>
            <Thead>
              <Th>{c('capturedAt')}</Th>
              <Th>{c('capture')}</Th>
              <Th>{c('use')}</Th>
              <Th>{c('order')}</Th>
              <Th>{c('provider')}</Th>
              <Th numeric>{c('amount')}</Th>
            </Thead>
            <Tbody>
              {list.rows.map((payment) => (
                <Tr key={payment.id}>
                  <Td label={c('capturedAt')}>
                    <DateTime at={payment.capturedAt} style="second" />
                  </Td>
                  <Td label={c('capture')}>
                    <CopyId id={payment.captureRef} what={c('capture')} />
                  </Td>
                  <Td label={c('use')}>
                    <UseBadge use={payment.use} />
                  </Td>
                  <Td label={c('order')}>
                    {payment.orderId && payment.orderNumber ? (
                      <TextLink href={`/admin/orders/${payment.orderId}`}>{payment.orderNumber}</TextLink>
                    ) : (
                      '–'
                    )}
                  </Td>
                  <Td label={c('provider')}>{payment.provider}</Td>
                  <Td label={c('amount')} numeric>
                    <Money minor={payment.amountMinor} currency={payment.currency} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { use, page: to })} />
    </>
  )
}
