import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { findAdminComplaintStatistics } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar } from '../../../_console/filter-bar'
import { localText } from '../../../_console/local'
import type { SearchParams } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { SpanFilter } from '../../_components/cells'
import { spanOf } from '../../_components/list-query'
import { DeskTabs } from '../_components/desk-tabs'
import { ShareFigures, ShareTable } from '../_components/share-table'
import { StatisticsQuery } from '../query'

export async function generateMetadata() {
  return { title: (await getTranslations('adminComplaints'))('statistics.title') }
}

export default async function StatisticsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const query = StatisticsQuery.parse(await searchParams)
  const { all, failures, categories, merchants } = await findAdminComplaintStatistics(db(), spanOf(query))
  const [t, f, locale] = [
    await getTranslations('adminComplaints.statistics'),
    await getTranslations('failures.name'),
    await getLocale(),
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      <DeskTabs here="statistics" />
      <FilterBar path="/admin/complaints/statistics" active={Object.values(query).some(Boolean)}>
        <SpanFilter from={query.from} until={query.until} />
      </FilterBar>
      {all.opened === 0 ? (
        <Card>
          <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
        </Card>
      ) : (
        <div className="grid gap-5">
          <ShareFigures share={all} />
          <ShareTable
            title={t('byMerchant')}
            rows={merchants.map((row) => ({
              ...row,
              key: row.id,
              name: <TextLink href={`/admin/complaints?merchant=${row.id}`}>{row.name}</TextLink>,
            }))}
          />
          <ShareTable
            title={t('byCategory')}
            rows={categories.map((row) => ({ ...row, key: row.slug, name: localText(locale, row.nameZh, row.nameEn) }))}
          />
          <ShareTable
            title={t('byFailure')}
            rows={failures.map((row) => ({
              ...row,
              key: row.failure,
              name: <TextLink href={`/admin/complaints?failure=${row.failure}`}>{f(row.failure)}</TextLink>,
            }))}
          />
        </div>
      )}
    </>
  )
}
