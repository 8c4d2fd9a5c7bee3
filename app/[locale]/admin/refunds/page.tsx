import { Undo2 } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { RefundMethod, RefundStatus } from '@/lib/infra/prisma/enums'
import { listRefunds } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { RefundBadge } from '../../_console/badges'
import { CopyId } from '../../_console/copy-id'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { ReasonText } from '../../_console/reason-text'
import { TextLink } from '../../_console/text-link'
import { OrderLinks, ProviderFilter, SpanFilter, WithError, orderLink } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { RefundsQuery, refundFilter } from './query'

const PATH = '/admin/refunds'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.refunds'))('title') }
}

export default async function RefundsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(RefundsQuery, searchParams)
  const list = await listRefunds(db(), refundFilter(query), page)
  const [t, c, s, m] = [
    await getTranslations('admin.refunds'),
    await getTranslations('console.column'),
    await getTranslations('console.refund'),
    await getTranslations('console.method'),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="refunds" query={query} />}>
        {t('text')}
      </PageHeader>
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterSelect
          label={c('status')}
          name="status"
          value={query.status}
          choices={Object.values(RefundStatus).map((value) => ({ value, label: s(value) }))}
        />
        <FilterSelect
          label={c('method')}
          name="method"
          value={query.method}
          choices={Object.values(RefundMethod).map((value) => ({ value, label: m(value) }))}
        />
        <ProviderFilter value={query.provider} />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Undo2 />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: c('createdAt'),
            lead: true,
            cell: ({ id, createdAt, status }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={createdAt} relative={status !== 'SUCCEEDED'} />
              </TextLink>
            ),
          },
          {
            title: c('status'),
            cell: ({ status, method }) => (
              <span className="inline-block">
                <RefundBadge status={status} />
                <span className="block text-sm whitespace-nowrap text-ink-soft">{m(method)}</span>
              </span>
            ),
          },
          {
            title: c('amount'),
            numeric: true,
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            title: c('reason'),
            cell: ({ reason, lastError }) => (
              <WithError error={lastError}>
                <ReasonText reason={reason} />
              </WithError>
            ),
          },
          {
            title: c('order'),
            cell: ({ orderId, orderNumber }) => <OrderLinks orders={orderLink(orderId, orderNumber)} />,
          },
          { title: c('attempts'), numeric: true, cell: ({ attempts }) => attempts },
          {
            title: c('providerRef'),
            cell: ({ providerRef }) => (providerRef ? <CopyId id={providerRef} what={c('providerRef')} /> : '–'),
          },
        ]}
      />
    </>
  )
}
