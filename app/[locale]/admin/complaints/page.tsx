import { MessageSquareWarning } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { FAILURES } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { ComplaintOutcome, ComplaintState } from '@/lib/infra/prisma/enums'
import { listAdminComplaints, listMerchantChoices } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { OrderLinks, SpanFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { CaseStanding, WhatAndWho } from './_components/case-cells'
import { DeskTabs } from './_components/desk-tabs'
import { ComplaintsQuery, complaintFilter } from './query'

const PATH = '/admin/complaints'

export async function generateMetadata() {
  return { title: (await getTranslations('adminComplaints'))('title') }
}

export default async function ComplaintsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(ComplaintsQuery, searchParams)
  const list = await listAdminComplaints(db(), complaintFilter(query), page)
  const merchants = await listMerchantChoices(db())
  const [t, c, k, f] = [
    await getTranslations('adminComplaints'),
    await getTranslations('console.column'),
    await getTranslations('case'),
    await getTranslations('failures.name'),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="complaints" query={query} />}>
        {t('text')}
      </PageHeader>
      <DeskTabs here="all" />
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterInput label={t('search')} name="q" value={query.q} placeholder={t('searchHint')} />
        <FilterSelect
          label={c('status')}
          name="state"
          value={query.state}
          choices={Object.values(ComplaintState).map((value) => ({ value, label: k(`state.${value}`) }))}
        />
        <FilterSelect
          label={t('outcome')}
          name="outcome"
          value={query.outcome}
          choices={Object.values(ComplaintOutcome).map((value) => ({ value, label: k(`outcome.${value}`) }))}
        />
        <FilterSelect
          label={t('failure')}
          name="failure"
          value={query.failure}
          choices={FAILURES.map((value) => ({ value, label: f(value) }))}
        />
        <FilterSelect
          label={c('merchant')}
          name="merchant"
          value={query.merchant}
          choices={merchants.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<MessageSquareWarning />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: t('case'),
            lead: true,
            cell: ({ id, number, orderId, order }) => (
              <>
                <TextLink href={`${PATH}/${id}`}>{number}</TextLink>
                <span className="mt-1.5 block text-sm">
                  <OrderLinks orders={[{ id: orderId, number: order }]} />
                </span>
              </>
            ),
          },
          { title: c('status'), cell: (row) => <CaseStanding {...row} /> },
          { title: t('failure'), cell: (row) => <WhatAndWho {...row} /> },
          {
            title: t('stake'),
            numeric: true,
            cell: ({ stakeMinor, currency }) => <Money minor={stakeMinor} currency={currency} />,
          },
          {
            title: t('openedAt'),
            cell: ({ openedAt, dueAt }) => (
              <>
                <DateTime at={openedAt} />
                {dueAt && (
                  <span className="block text-sm text-ink-soft">
                    {c('dueAt')} <DateTime at={dueAt} />
                  </span>
                )}
              </>
            ),
          },
        ]}
      />
    </>
  )
}
