import { Boxes } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { BatchReview } from '@/lib/infra/prisma/enums'
import { listAdminBatches, listAdminCategories, listMerchantChoices } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { BatchBadge, ReviewBadge } from '../../_console/batch-badges'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import { localText, offerName } from '../../_console/local'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { SpanFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { BatchesQuery, batchFilter } from './query'

const PATH = '/admin/batches'

export async function generateMetadata() {
  return { title: (await getTranslations('batches'))('title') }
}

export default async function BatchesPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(BatchesQuery, searchParams)
  const list = await listAdminBatches(db(), batchFilter(query), page)
  const merchants = await listMerchantChoices(db())
  const categories = await listAdminCategories(db())
  const [t, locale] = [await getTranslations('batches'), await getLocale()]
  const waiting = query.waiting === 'yes'
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="batches" query={query} />}>
        {t(waiting ? 'waitingText' : 'text')}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('title')}
          tabs={[
            { href: PATH, label: t('all'), current: !waiting },
            { href: `${PATH}?waiting=yes`, label: t('waitingTab'), current: waiting },
          ]}
        />
      </div>
      {!waiting && (
        <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
          <FilterSelect
            label={t('filter.review')}
            name="review"
            value={query.review}
            choices={Object.values(BatchReview).map((value) => ({ value, label: t(`review.${value}`) }))}
          />
          <FilterSelect
            label={t('column.state')}
            name="frozen"
            value={query.frozen}
            choices={[{ value: 'yes', label: t('filter.frozen') }]}
          />
          <FilterSelect
            label={t('column.merchant')}
            name="merchant"
            value={query.merchant}
            choices={merchants.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <FilterSelect
            label={t('column.category')}
            name="category"
            value={query.category}
            choices={categories.map(({ id, nameZh, nameEn }) => ({
              value: id,
              label: localText(locale, nameZh, nameEn),
            }))}
          />
          <SpanFilter from={query.from} until={query.until} />
        </FilterBar>
      )}
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Boxes />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: t('column.uploadedAt'),
            lead: true,
            cell: ({ id, createdAt }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={createdAt} />
              </TextLink>
            ),
          },
          {
            title: t('column.merchant'),
            cell: ({ merchantId, merchant }) => <TextLink href={`/admin/merchants/${merchantId}`}>{merchant}</TextLink>,
          },
          { title: t('column.offer'), cell: (row) => offerName(locale, row) },
          {
            title: t('column.category'),
            cell: ({ categoryZh, categoryEn }) => localText(locale, categoryZh, categoryEn),
          },
          { title: t('column.source'), cell: ({ source }) => t(`source.${source}`) },
          { title: t('column.accepted'), numeric: true, cell: ({ acceptedCount }) => acceptedCount },
          { title: t('column.proofs'), numeric: true, cell: ({ proofs }) => proofs },
          {
            title: t('column.review'),
            cell: ({ review, bare }) => <ReviewBadge review={review} bare={bare} />,
          },
          { title: t('column.state'), cell: (row) => <BatchBadge {...row} /> },
        ]}
      />
    </>
  )
}
