import { Download, Scale } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { ButtonLink, buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Tabs } from '@/components/ui/tabs'
import { FAILURES } from '@/lib/domain/complaints'
import { db } from '@/lib/infra/db'
import { ComplaintState } from '@/lib/infra/prisma/enums'
import { COMPLAINT_VIEWS, countMerchantComplaints, listMerchantComplaints } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, hrefWith } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { ComplaintTable } from './_components/complaint-table'
import { COMPLAINTS, ComplaintQuery, filterOf } from './query'

export async function generateMetadata() {
  return { title: (await getTranslations('claims'))('title') }
}

/** The merchant's queue of complaints, by deadline. */
export default async function ComplaintsPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const query = ComplaintQuery.parse(await searchParams)
  const { page, ...filter } = query
  const list = await listMerchantComplaints(db(), merchantId, filterOf(query), page)
  const counts: Partial<Record<string, number>> = await countMerchantComplaints(db(), merchantId)
  const [t, s, f, locale] = [
    await getTranslations('claims'),
    await getTranslations('case.state'),
    await getTranslations('failures.name'),
    await getLocale(),
  ]
  const active = Object.values(filter).some(Boolean)
  const views = [undefined, ...Object.values(COMPLAINT_VIEWS)]
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          <span className="flex flex-wrap gap-2">
            <ButtonLink href={`${COMPLAINTS}/statistics`} variant="secondary">
              {t('statisticsLink')}
            </ButtonLink>
            <ButtonLink href={`${COMPLAINTS}/answers`} variant="secondary">
              {t('answersLink')}
            </ButtonLink>
            {list.total > 0 && (
              <a
                href={hrefWith('/api/merchant/complaints', { ...filter, locale })}
                download
                className={buttonClass({ variant: 'secondary' })}
              >
                <Download aria-hidden />
                {t('csv')}
              </a>
            )}
          </span>
        }
      >
        {t('intro')}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('views.label')}
          tabs={views.map((view) => ({
            href: hrefWith(COMPLAINTS, { ...filter, view }),
            label: view ? t(`views.${view}`) : t('all'),
            count: view && counts[view],
            current: filter.view === view,
          }))}
        />
      </div>
      <FilterBar path={COMPLAINTS} active={active}>
        {filter.view && <input type="hidden" name="view" value={filter.view} />}
        <FilterInput label={t('filter.number')} name="number" value={filter.number} placeholder="KC…" />
        <FilterSelect
          label={t('filter.state')}
          name="state"
          value={filter.state}
          choices={Object.values(ComplaintState).map((value) => ({ value, label: s(value) }))}
        />
        <FilterSelect
          label={t('filter.failure')}
          name="failure"
          value={filter.failure}
          choices={FAILURES.map((value) => ({ value, label: f(value) }))}
        />
      </FilterBar>
      <Card flush>
        {list.rows.length === 0 ? (
          <EmptyState icon={<Scale />} title={t(active ? 'noneFound' : 'none')}>
            <p>{t(active ? 'noneFoundText' : 'noneText')}</p>
            {!active && <TextLink href="/failure-standard">{t('standard')}</TextLink>}
          </EmptyState>
        ) : (
          <ComplaintTable rows={list.rows} caption={t('title')} />
        )}
      </Card>
      <ListFoot page={list} hrefOf={(to) => hrefWith(COMPLAINTS, { ...filter, page: to })} />
    </>
  )
}
