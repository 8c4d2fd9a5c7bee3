import { Scale } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Duration } from '@/components/duration'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listArbitrators } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { ListTable } from '../../_components/list-table'
import { EmployerForm, OpenArbitratorForm, RestForm } from '../_components/arbitrator-forms'
import { DeskTabs } from '../_components/desk-tabs'

export async function generateMetadata() {
  return { title: (await getTranslations('adminComplaints'))('arbitrators.title') }
}

export default async function ArbitratorsPage() {
  await requireOperator()
  const rows = await listArbitrators(db())
  const t = await getTranslations('adminComplaints.arbitrators')
  return (
    <>
      <PageHeader title={t('title')}>{t('text')}</PageHeader>
      <DeskTabs here="arbitrators" />
      <div className="grid gap-5">
        <Card flush>
          {rows.length === 0 ? (
            <EmptyState icon={<Scale />} title={t('none')}>
              {t('noneText')}
            </EmptyState>
          ) : (
            <ListTable
              caption={t('title')}
              rows={rows}
              columns={[
                {
                  title: t('name'),
                  lead: true,
                  cell: ({ name, email }) => (
                    <>
                      {name} <span className="block text-sm break-all text-ink-soft">{email}</span>
                    </>
                  ),
                },
                {
                  title: t('state'),
                  cell: (row) => (
                    <span className="inline-grid justify-items-start gap-1.5">
                      {row.restingSince ? (
                        <>
                          <Badge tone="amber">{t('resting')}</Badge>
                          <DateTime at={row.restingSince} className="text-sm text-ink-soft" />
                        </>
                      ) : (
                        <Badge tone="jade">{t('active')}</Badge>
                      )}
                      <RestForm arbitrator={row} />
                    </span>
                  ),
                },
                {
                  title: t('load'),
                  cell: ({ open, ruled, changed }) => (
                    <span className="inline-grid tabular-nums">
                      <span>{t('openCases', { count: open })}</span>
                      <span>{t('ruled', { count: ruled })}</span>
                      <span className="text-sm text-ink-soft">{t('changed', { count: changed })}</span>
                    </span>
                  ),
                },
                {
                  title: t('median'),
                  numeric: true,
                  cell: ({ medianSeconds }) => <Duration seconds={medianSeconds} />,
                },
                { title: t('employer'), cell: (row) => <EmployerForm arbitrator={row} /> },
              ]}
            />
          )}
        </Card>
        <OpenArbitratorForm />
      </div>
    </>
  )
}
