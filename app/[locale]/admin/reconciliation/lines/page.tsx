import { Scale } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { LINE_STATES, type LineState, listProviderLines } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../../_console/copy-id'
import { FilterBar, FilterSelect } from '../../../_console/filter-bar'
import type { SearchParams } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { ProviderFilter, SpanFilter } from '../../_components/cells'
import { ExportLink } from '../../_components/export-link'
import { LineBadge } from '../../_components/line-badge'
import { readList } from '../../_components/list-query'
import { ListView } from '../../_components/list-table'
import { ReconciliationTabs } from '../../_components/reconciliation-tabs'
import { LINE_KINDS, LinesQuery, lineFilter } from '../query'

const PATH = '/admin/reconciliation/lines'
const STATES = Object.keys(LINE_STATES) as LineState[]

export async function generateMetadata() {
  return { title: (await getTranslations('admin.reconciliation'))('lines') }
}

export default async function LinesPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(LinesQuery, searchParams)
  const list = await listProviderLines(db(), lineFilter(query), page)
  const [t, c, k] = [
    await getTranslations('admin.reconciliation'),
    await getTranslations('console.column'),
    await getTranslations('admin.reconciliation.kind'),
  ]
  return (
    <>
      <PageHeader title={t('lines')} action={<ExportLink list="lines" query={query} />}>
        {t('linesText')}
      </PageHeader>
      <ReconciliationTabs current="lines" />
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterSelect
          label={c('status')}
          name="state"
          value={query.state}
          choices={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
        <FilterSelect
          label={c('what')}
          name="kind"
          value={query.kind}
          choices={LINE_KINDS.map((value) => ({ value, label: k(value) }))}
        />
        <ProviderFilter value={query.provider} />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('lines')}
        icon={<Scale />}
        none={{ title: t('noLines'), text: t('noLinesText') }}
        columns={[
          {
            title: c('at'),
            lead: true,
            cell: ({ id, at }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={at} style="second" />
              </TextLink>
            ),
          },
          { title: c('what'), cell: ({ kind }) => (k.has(kind as 'capture') ? k(kind as 'capture') : kind) },
          { title: c('status'), cell: ({ state }) => <LineBadge state={state} /> },
          {
            title: c('amount'),
            numeric: true,
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            title: t('fee'),
            numeric: true,
            cell: ({ feeMinor, currency }) => (feeMinor === 0 ? '–' : <Money minor={feeMinor} currency={currency} />),
          },
          { title: c('provider'), cell: ({ provider }) => provider },
          { title: t('sourceRef'), cell: ({ sourceRef }) => <CopyId id={sourceRef} what={t('sourceRef')} /> },
        ]}
      />
    </>
  )
}
