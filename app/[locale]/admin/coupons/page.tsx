import { TicketPercent } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { db } from '@/lib/infra/db'
import { COUPON_STATES, type CouponState, listPlatformCoupons } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterInput, FilterSelect } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { TextLink } from '../../_console/text-link'
import { CouponBadge, CouponTerms } from '../_components/coupon-bits'
import { ExportLink } from '../_components/export-link'
import { readList } from '../_components/list-query'
import { ListView } from '../_components/list-table'
import { CouponsQuery } from './query'

const PATH = '/admin/coupons'
const STATES = Object.keys(COUPON_STATES) as CouponState[]

export async function generateMetadata() {
  return { title: (await getTranslations('admin.coupons'))('title') }
}

export default async function CouponsPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(CouponsQuery, searchParams)
  const list = await listPlatformCoupons(db(), query, page, new Date())
  const [t, c] = [await getTranslations('admin.coupons'), await getTranslations('console.column')]
  return (
    <>
      <PageHeader
        title={t('title')}
        action={
          <span className="flex flex-wrap gap-3">
            <ExportLink list="coupons" query={query} />
            <ButtonLink href={`${PATH}/new`}>{t('create')}</ButtonLink>
          </span>
        }
      >
        {t('text')}
      </PageHeader>
      <FilterBar path={PATH} active={Object.values(query).some(Boolean)}>
        <FilterInput label={t('code')} name="q" value={query.q} />
        <FilterSelect
          label={c('status')}
          name="state"
          value={query.state}
          choices={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
      </FilterBar>
      <ListView
        page={list}
        path={PATH}
        query={query}
        caption={t('title')}
        icon={<TicketPercent />}
        none={{ title: t('none'), text: t('noneText') }}
        columns={[
          {
            title: t('code'),
            lead: true,
            cell: ({ id, code }) => (
              <TextLink href={`${PATH}/${id}`} className="font-mono font-medium text-jade hover:underline">
                {code}
              </TextLink>
            ),
          },
          { title: t('off'), cell: (coupon) => <CouponTerms coupon={coupon} /> },
          { title: c('status'), cell: ({ state }) => <CouponBadge state={state} /> },
          {
            title: t('uses'),
            numeric: true,
            cell: ({ usedCount, totalLimit }) => (totalLimit === null ? usedCount : `${usedCount} / ${totalLimit}`),
          },
          {
            title: t('cost'),
            numeric: true,
            cell: ({ discountMinor, currency }) => <Money minor={discountMinor} currency={currency} />,
          },
          { title: t('startsAt'), cell: ({ startsAt }) => <DateTime at={startsAt} /> },
          { title: t('endsAt'), cell: ({ endsAt }) => (endsAt ? <DateTime at={endsAt} /> : t('noEnd')) },
        ]}
      />
    </>
  )
}
