import { ClipboardList } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { listOperatorActions } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { VerbText } from '../_components/action-log'
import { SpanFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { SubjectLink } from '../_components/subject-link'
import { LogQuery, VERBS, logFilter } from './query'

const PATH = '/admin/log'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.log'))('title') }
}

/** Who did what by hand: every step of an operator that moved money or changed what money does. */
export default async function LogPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(LogQuery, searchParams)
  const list = await listOperatorActions(db(), logFilter(query), page)
  const [t, c, v] = [
    await getTranslations('admin.log'),
    await getTranslations('console.column'),
    await getTranslations('admin.log.verb'),
  ]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="log" query={query} />}>
        {t('text')}
      </PageHeader>
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterSelect
          label={c('what')}
          name="verb"
          value={query.verb}
          choices={VERBS.map((value) => ({ value, label: v(value) }))}
        />
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<ClipboardList />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          { title: c('at'), lead: true, cell: ({ at }) => <DateTime at={at} style="second" /> },
          { title: c('what'), cell: ({ verb }) => <VerbText verb={verb} /> },
          { title: t('operator'), cell: ({ operator }) => operator },
          { title: t('subject'), cell: ({ subject, subjectId }) => <SubjectLink subject={subject} id={subjectId} /> },
          {
            title: t('note'),
            cell: ({ note }) => <span className="block break-words sm:max-w-72">{note ?? '–'}</span>,
          },
        ]}
      />
    </>
  )
}
