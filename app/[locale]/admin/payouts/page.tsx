import { Landmark } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { PayoutStatus } from '@/lib/infra/prisma/enums'
import { listMerchantChoices, listPayouts } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { PayoutBadge } from '../../_console/badges'
import { CopyId } from '../../_console/copy-id'
import { FilterBar, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { ProviderFilter, SpanFilter, WithError } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { PayoutsQuery, payoutFilter } from './query'

const PATH = '/admin/payouts'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payouts'))('title') }
}

export default async function PayoutsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(PayoutsQuery, searchParams)
  const list = await listPayouts(db(), payoutFilter(query), page)
  const merchants = await listMerchantChoices(db())
  const [t, c, s] = [
    await getTranslations('admin.payouts'),
    await getTranslations('console.column'),
    await getTranslations('console.payout'),
  ]
  const open = query.open === 'yes'
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="payouts" query={query} />}>
        {t(open ? 'openText' : 'text')}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('title')}
          tabs={[
            { href: PATH, label: t('all'), current: !open },
            { href: `${PATH}?open=yes`, label: t('open'), current: open },
          ]}
        />
      </div>
      {!open && (
        <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
          <FilterSelect
            label={c('status')}
            name="status"
            value={query.status}
            choices={Object.values(PayoutStatus).map((value) => ({ value, label: s(value) }))}
          />
          <FilterSelect
            label={c('merchant')}
            name="merchant"
            value={query.merchant}
            choices={merchants.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <ProviderFilter value={query.provider} />
          <SpanFilter from={query.from} until={query.until} />
        </FilterBar>
      )}
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<Landmark />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: c('createdAt'),
            lead: true,
            cell: ({ id, createdAt, settledAt }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={createdAt} relative={settledAt === null} />
              </TextLink>
            ),
          },
          {
            title: c('merchant'),
            cell: ({ merchantId, merchant }) => <TextLink href={`/admin/merchants/${merchantId}`}>{merchant}</TextLink>,
          },
          {
            title: c('status'),
            cell: ({ status, lastError }) => (
              <WithError error={lastError}>
                <PayoutBadge status={status} />
              </WithError>
            ),
          },
          {
            title: c('amount'),
            numeric: true,
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            title: t('account'),
            cell: ({ provider, accountRef }) => (
              <>
                <span className="block">{provider}</span>
                <CopyId id={accountRef} what={t('account')} />
              </>
            ),
          },
          { title: t('requestedBy'), cell: ({ requestedBy }) => requestedBy ?? t('schedule') },
          { title: c('attempts'), numeric: true, cell: ({ attempts }) => attempts },
          { title: t('settledAt'), cell: ({ settledAt }) => (settledAt ? <DateTime at={settledAt} /> : '–') },
        ]}
      />
    </>
  )
}
