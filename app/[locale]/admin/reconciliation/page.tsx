import { Scale } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { DIFFERENCES_AT_A_TIME, openDifferences } from '@/lib/queries/admin/reconciliation'
import { db } from '@/lib/infra/db'
import { paymentProviders } from '@/lib/infra/payments'
import { listReconciliations } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CopyId } from '../../_console/copy-id'
import { Fact, Facts } from '../../_console/facts'
import { FilterBar } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { ProviderFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { ListTable } from '../_components/list-table'
import { RunForm } from '../_components/reconciliation-forms'
import { ReconciliationTabs } from '../_components/reconciliation-tabs'
import { DifferencesQuery } from './query'

const PATH = '/admin/reconciliation'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.reconciliation'))('title') }
}

/** Providers' own books against ours: how far each was compared, and what does not agree. */
export default async function ReconciliationPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const query = DifferencesQuery.parse(await searchParams)
  const runs = await listReconciliations(db())
  const found = await openDifferences(db(), query.provider ?? null, new Date())
  const [t, c, k] = [
    await getTranslations('admin.reconciliation'),
    await getTranslations('console.column'),
    await getTranslations('admin.reconciliation.kind'),
  ]
  const names = [...new Set([...paymentProviders().map(({ name }) => name), ...runs.map(({ provider }) => provider)])]
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="differences" query={query} />}>
        {t('text')}
      </PageHeader>
      <ReconciliationTabs current="differences" />
      <div className="grid gap-5">
        <div className="grid items-start gap-5 lg:grid-cols-2">
          {names.map((name) => {
            const run = runs.find(({ provider }) => provider === name)
            return (
              <Card key={name} title={name} action={<RunForm provider={name} />}>
                {run ? (
                  <Facts>
                    <Fact term={t('lastRun')}>
                      <DateTime at={run.startedAt} relative /> · {t(run.finishedAt ? 'finished' : 'running')}
                    </Fact>
                    <Fact term={t('pulledTo')}>
                      <DateTime at={run.pulledTo} style="second" />
                    </Fact>
                    <Fact term={t('counts')}>
                      <TextLink href={`${PATH}/lines?provider=${name}`}>
                        {t('countsOf', { lines: run.lines, matched: run.matched, open: run.open })}
                      </TextLink>
                    </Fact>
                    {run.lastError && (
                      <Fact term={c('lastError')}>
                        <span className="text-danger">{run.lastError}</span>
                      </Fact>
                    )}
                  </Facts>
                ) : (
                  <p className="text-ink-soft">{t('never')}</p>
                )}
              </Card>
            )
          })}
        </div>
        <div>
          <FilterBar path={PATH} active={query.provider !== undefined}>
            <ProviderFilter value={query.provider} />
          </FilterBar>
          {found.length === DIFFERENCES_AT_A_TIME && (
            <p className="mb-3 text-ink-soft">{t('oldestOnly', { most: DIFFERENCES_AT_A_TIME })}</p>
          )}
          <Card title={t('differences')} flush>
            {found.length === 0 ? (
              <EmptyState icon={<Scale />} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <ListTable
                caption={t('differences')}
                rows={found}
                columns={[
                  {
                    title: t('side'),
                    lead: true,
                    cell: ({ side, id }) => (
                      <TextLink href={side === 'provider' ? `${PATH}/lines/${id}` : `/admin/ledger/transactions/${id}`}>
                        {t(`sideOf.${side}`)}
                      </TextLink>
                    ),
                  },
                  {
                    title: c('what'),
                    cell: ({ kind }) => <Badge>{k.has(kind as 'capture') ? k(kind as 'capture') : kind}</Badge>,
                  },
                  {
                    title: c('amount'),
                    numeric: true,
                    cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
                  },
                  { title: t('age'), cell: ({ at }) => <DateTime at={at} relative /> },
                  { title: c('provider'), cell: ({ provider }) => provider },
                  { title: t('sourceRef'), cell: ({ sourceRef }) => <CopyId id={sourceRef} what={t('sourceRef')} /> },
                ]}
              />
            )}
          </Card>
        </div>
      </div>
    </>
  )
}
