import { Banknote } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { PaymentUse } from '@/lib/infra/prisma/enums'
import { listPayments } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { UseBadge } from '../../_console/badges'
import { CopyId } from '../../_console/copy-id'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { OrderLinks, ProviderFilter, SpanFilter } from '../_components/cells'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { PaymentsQuery, paymentFilter } from './query'

const PATH = '/admin/payments'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.payments'))('title') }
}

export default async function PaymentsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(PaymentsQuery, searchParams)
  const list = await listPayments(db(), paymentFilter(query), page)
  const [t, c, u] = [
    await getTranslations('admin.payments'),
    await getTranslations('console.column'),
    await getTranslations('console.use'),
  ]
  const waiting = query.waiting === 'yes'
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="payments" query={query} />}>
        {t(waiting ? 'waitingText' : 'text')}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('title')}
          tabs={[
            { href: PATH, label: t('all'), current: !waiting },
            { href: `${PATH}?waiting=yes`, label: t('waiting'), current: waiting },
          ]}
        />
      </div>
      {!waiting && (
        <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
          <FilterInput label={t('search')} name="q" value={query.q} placeholder={t('searchHint')} />
          <FilterSelect
            label={c('use')}
            name="use"
            value={query.use}
            choices={Object.values(PaymentUse).map((value) => ({ value, label: u(value) }))}
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
        icon={<Banknote />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: c('capturedAt'),
            lead: true,
            cell: ({ id, capturedAt }) => (
              <TextLink href={`${PATH}/${id}`}>
                <DateTime at={capturedAt} style="second" relative={waiting} />
              </TextLink>
            ),
          },
          { title: c('use'), cell: ({ use }) => <UseBadge use={use} /> },
          {
            title: c('amount'),
            numeric: true,
            cell: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
          },
          {
            title: c('refunded'),
            numeric: true,
            cell: ({ refundedMinor, currency }) =>
              refundedMinor === 0 ? '–' : <Money minor={refundedMinor} currency={currency} />,
          },
          {
            title: c('order'),
            cell: ({ orders, purpose }) => (purpose === 'TOP_UP' ? t('topUp') : <OrderLinks orders={orders} />),
          },
          {
            title: c('capture'),
            cell: ({ provider, captureRef }) => (
              <>
                <span className="block">{provider}</span>
                <CopyId id={captureRef} what={c('capture')} />
              </>
            ),
          },
        ]}
      />
    </>
  )
}
