import { UserRoundX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { LimitState } from '@/lib/infra/prisma/enums'
import { listBuyerLimits } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterSelect } from '../../../_console/filter-bar'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, hrefWith } from '../../../_console/params'
import { readList } from '../../_components/list-query'
import { DeskTabs } from '../_components/desk-tabs'
import { LimitCard } from '../_components/limit-card'
import { LimitsQuery } from '../query'

const PATH = '/admin/complaints/limits'

export async function generateMetadata() {
  return { title: (await getTranslations('adminComplaints'))('limits.title') }
}

export default async function LimitsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(LimitsQuery, searchParams)
  const list = await listBuyerLimits(db(), query.state, page)
  const t = await getTranslations('adminComplaints.limits')
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      <DeskTabs here="limits" />
      <FilterBar path={PATH} active={query.state !== undefined}>
        <FilterSelect
          label={t('state')}
          name="state"
          value={query.state}
          choices={Object.values(LimitState).map((value) => ({ value, label: t(`of.${value}`) }))}
        />
      </FilterBar>
      {list.rows.length === 0 ? (
        <Card>
          <EmptyState icon={<UserRoundX />} title={t('none')}>
            {t('noneText')}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-5">
          {list.rows.map((limit) => (
            <LimitCard key={limit.id} limit={limit} />
          ))}
        </div>
      )}
      <ListFoot page={list} hrefOf={(to) => hrefWith(PATH, { ...query, page: to })} />
    </>
  )
}
