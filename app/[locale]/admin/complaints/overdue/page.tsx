import { AlarmClock } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { db } from '@/lib/infra/db'
import { MINUTE_MS } from '@/lib/kernel/time'
import { listOverdueComplaints } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { type SearchParams, pageParam } from '../../../_console/params'
import { TextLink } from '../../../_console/text-link'
import { ListView } from '../../_components/list-table'
import { CaseStanding, WhatAndWho } from '../_components/case-cells'
import { DeskTabs } from '../_components/desk-tabs'

const PATH = '/admin/complaints'
/** The sweeper runs every few seconds; a clock that ran out earlier was missed. */
const MISSED_MS = 2 * MINUTE_MS

export async function generateMetadata() {
  return { title: (await getTranslations('adminComplaints'))('overdue.title') }
}

export default async function OverduePage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const now = new Date()
  const page = pageParam.parse((await searchParams).page)
  const list = await listOverdueComplaints(db(), now, new Date(now.getTime() - MISSED_MS), page)
  const [t, c] = [await getTranslations('adminComplaints'), await getTranslations('console.column')]
  return (
    <>
      <PageHeader title={t('overdue.title')}>{t('overdue.text')}</PageHeader>
      <DeskTabs here="overdue" />
      <ListView
        page={list}
        path={`${PATH}/overdue`}
        query={{}}
        caption={t('overdue.title')}
        icon={<AlarmClock />}
        none={{ title: t('overdue.none'), text: t('overdue.noneText') }}
        columns={[
          {
            title: t('case'),
            lead: true,
            cell: ({ id, number }) => <TextLink href={`${PATH}/${id}`}>{number}</TextLink>,
          },
          {
            title: t('overdue.why'),
            cell: ({ why, since }) => (
              <>
                <Badge tone={why === 'LATE' ? 'amber' : 'danger'}>{t(`overdue.of.${why}`)}</Badge>
                <span className="block text-sm text-ink-soft">
                  {t('overdue.since')} <DateTime at={since} relative />
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
        ]}
      />
    </>
  )
}
