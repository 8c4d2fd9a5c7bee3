import { Store } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { db } from '@/lib/infra/db'
import { MerchantStatus } from '@/lib/infra/prisma/enums'
import { listMerchants } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { MerchantBadge } from '../../_console/badges'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { MerchantsQuery } from './query'

const PATH = '/admin/merchants'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.merchants'))('title') }
}

export default async function MerchantsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(MerchantsQuery, searchParams)
  const list = await listMerchants(db(), query, page)
  const [t, c, s, n] = [
    await getTranslations('admin.merchants'),
    await getTranslations('console.column'),
    await getTranslations('console.merchant'),
    await getTranslations('console.tier'),
  ]
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          <span className="flex flex-wrap gap-3">
            <ExportLink list="merchants" query={query} />
            <ButtonLink href="/admin/merchants/new">{t('open')}</ButtonLink>
          </span>
        }
      />
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterInput label={t('search')} name="q" value={query.q} placeholder={t('searchHint')} />
        <FilterSelect
          label={c('status')}
          name="status"
          value={query.status}
          choices={Object.values(MerchantStatus).map((value) => ({ value, label: s(value) }))}
        />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Store />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: c('merchant'),
            lead: true,
            cell: ({ id, name, legalName }) => (
              <span className="block sm:max-w-80">
                <TextLink href={`${PATH}/${id}`}>{name}</TextLink>
                <span className="block text-sm text-ink-soft">{legalName}</span>
              </span>
            ),
          },
          {
            title: c('status'),
            cell: ({ status, tier }) => (
              <>
                <MerchantBadge status={status} />
                <span className="block text-sm text-ink-soft">{n(tier)}</span>
              </>
            ),
          },
          { title: c('onSale'), numeric: true, cell: ({ products }) => products },
          { title: c('openOrders'), numeric: true, cell: ({ openOrders }) => openOrders },
          { title: c('feeRate'), numeric: true, cell: ({ feeBps }) => `${(feeBps / 100).toFixed(2)}%` },
          { title: c('deposit'), numeric: true, cell: ({ depositMinor }) => <Money minor={depositMinor} /> },
          {
            title: t('owed'),
            numeric: true,
            cell: ({ owedMinor }) => (owedMinor === 0 ? '–' : <Money minor={owedMinor} className="text-danger" />),
          },
        ]}
      />
    </>
  )
}
