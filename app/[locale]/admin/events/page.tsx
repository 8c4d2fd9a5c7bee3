import { Inbox } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { EventVerdict } from '@/lib/infra/prisma/enums'
import { findDeadEvents, listInbox } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { VerdictBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { ReasonText } from '../../_console/reason-text'
import { TextLink } from '../../_console/text-link'
import { OrderLinks, ProviderFilter, SpanFilter, WithError } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { EVENT_REASONS, EventsQuery, inboxFilter } from './query'

const PATH = '/admin/events'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.events'))('title') }
}

export default async function EventsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(EventsQuery, searchParams)
  const list = await listInbox(db(), inboxFilter(query), page)
  const dead = await findDeadEvents(db())
  const [t, c, v, r] = [
    await getTranslations('admin.events'),
    await getTranslations('console.column'),
    await getTranslations('console.verdict'),
    await getTranslations('console.reason'),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="events" query={query} />}>
        {t('text')}
      </PageHeader>
      {dead > 0 && query.verdict !== 'DEAD' && (
        <div className="mb-4">
          <Notice kind="danger" title={t('dead', { count: dead })}>
            <TextLink href={`${PATH}?verdict=DEAD`}>{t('seeDead')}</TextLink>
          </Notice>
        </div>
      )}
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterInput label={t('eventRef')} name="q" value={query.q} />
        <FilterSelect
          label={c('verdict')}
          name="verdict"
          value={query.verdict}
          choices={Object.values(EventVerdict).map((value) => ({ value, label: v(value) }))}
        />
        <FilterSelect
          label={c('reason')}
          name="reason"
          value={query.reason}
          choices={EVENT_REASONS.map((value) => ({ value, label: r(value) }))}
        />
        <ProviderFilter value={query.provider} />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Inbox />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: c('receivedAt'),
            lead: true,
            cell: ({ id, receivedAt }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={receivedAt} style="second" />
              </TextLink>
            ),
          },
          { title: c('verdict'), cell: ({ verdict }) => <VerdictBadge verdict={verdict} /> },
          {
            title: c('reason'),
            cell: ({ reason, lastError }) => (
              <WithError error={lastError}>{reason ? <ReasonText reason={reason} /> : '–'}</WithError>
            ),
          },
          {
            title: c('type'),
            cell: ({ type }) => <span className="break-all">{type ?? '–'}</span>,
          },
          { title: c('provider'), cell: ({ provider }) => provider },
          { title: c('order'), cell: ({ orders }) => <OrderLinks orders={orders} /> },
          { title: c('attempts'), numeric: true, cell: ({ attempts }) => attempts },
        ]}
      />
    </>
  )
}
