import { Gavel } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Countdown } from '@/components/countdown'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { DisputeState } from '@/lib/infra/prisma/enums'
import { listDisputes } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { DisputeBadge } from '../../_console/badges'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { OrderLinks, ProviderFilter, SpanFilter, WithError } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { DisputesQuery, disputeFilter } from './query'

const PATH = '/admin/disputes'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.disputes'))('title') }
}

export default async function DisputesPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(DisputesQuery, searchParams)
  const list = await listDisputes(db(), disputeFilter(query), page)
  const [t, c, s] = [
    await getTranslations('admin.disputes'),
    await getTranslations('console.column'),
    await getTranslations('console.dispute'),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="disputes" query={query} />}>
        {t('text')}
      </PageHeader>
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterSelect
          label={c('status')}
          name="state"
          value={query.state}
          choices={Object.values(DisputeState).map((value) => ({ value, label: s(value) }))}
        />
        <ProviderFilter value={query.provider} />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Gavel />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: t('openedAt'),
            lead: true,
            cell: ({ id, openedAt }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={openedAt} />
              </TextLink>
            ),
          },
          {
            title: c('status'),
            cell: ({ state, lastError }) => (
              <WithError error={lastError}>
                <DisputeBadge state={state} />
              </WithError>
            ),
          },
          {
            title: t('deadline'),
            cell: ({ state, evidenceDueAt, submittedAt }) =>
              evidenceDueAt && state === 'NEEDS_RESPONSE' && submittedAt === null ? (
                <Countdown to={evidenceDueAt} over={t('over')} />
              ) : (
                '–'
              ),
          },
          {
            title: c('amount'),
            numeric: true,
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          { title: c('reason'), cell: ({ reason }) => reason },
          { title: c('order'), cell: ({ orders }) => <OrderLinks orders={orders} /> },
          { title: c('provider'), cell: ({ provider }) => provider },
        ]}
      />
    </>
  )
}
