import { Copy } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Badge } from '@/components/ui/badge'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { listMerchantChoices, listPairs } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { SpanFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { PairState } from '../_components/pair-state'
import { PairsQuery, pairFilter } from './query'

const PATH = '/admin/pairs'

export async function generateMetadata() {
  return { title: (await getTranslations('batches.pairs'))('title') }
}

export default async function PairsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(PairsQuery, searchParams)
  const list = await listPairs(db(), pairFilter(query), page)
  const merchants = await listMerchantChoices(db())
  const t = await getTranslations('batches.pairs')
  const open = query.open === 'yes'
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="pairs" query={query} />}>
        {t('text')}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('title')}
          tabs={[
            { href: PATH, label: t('all'), current: !open },
            { href: `${PATH}?open=yes`, label: t('openTab'), current: open },
          ]}
        />
      </div>
      {!open && (
        <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
          <FilterSelect
            label={t('merchant')}
            name="merchant"
            value={query.merchant}
            choices={merchants.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SpanFilter from={query.from} until={query.until} />
        </FilterBar>
      )}
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Copy />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: t('seenAt'),
            lead: true,
            cell: ({ id, seenAt, handledAt }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={seenAt} relative={handledAt === null} />
              </TextLink>
            ),
          },
          {
            title: t('first'),
            cell: ({ firstMerchantId, firstMerchant, firstState }) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                <TextLink href={`/admin/merchants/${firstMerchantId}`}>{firstMerchant}</TextLink>
                <PairState state={firstState} />
              </span>
            ),
          },
          {
            title: t('second'),
            cell: ({ merchantId, merchant, state, cdkId }) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                <TextLink href={`/admin/merchants/${merchantId}`}>{merchant}</TextLink>
                <PairState state={state} refused={cdkId === null} />
              </span>
            ),
          },
          {
            title: t('state'),
            cell: ({ handledAt }) => (
              <Badge tone={handledAt ? 'neutral' : 'amber'}>{t(handledAt ? 'handled' : 'open')}</Badge>
            ),
          },
          { title: t('note'), cell: ({ note }) => note ?? '–' },
        ]}
      />
    </>
  )
}
