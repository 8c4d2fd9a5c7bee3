import { TicketPercent } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findPlatformCoupon } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { Fact, Facts } from '../../../_console/facts'
import { type SearchParams, choiceParam, pageParam, requireId } from '../../../_console/params'
import { ActionLog } from '../../_components/action-log'
import { OrderLinks } from '../../_components/cells'
import { CouponBadge, CouponTerms } from '../../_components/coupon-bits'
import { CouponSwitch } from '../../_components/coupon-forms'
import { ExportLink } from '../../_components/export-link'
import { ListView } from '../../_components/list-table'

const DONE = choiceParam({ created: 'created' })

export async function generateMetadata() {
  return { title: (await getTranslations('admin.coupons'))('one') }
}

export default async function CouponPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const id = requireId((await params).id)
  const query = await searchParams
  const { coupon, uses, actions } =
    (await findPlatformCoupon(db(), id, pageParam.parse(query.page), new Date())) ?? notFound()
  const [t, c] = [await getTranslations('admin.coupons'), await getTranslations('console.column')]
  return (
    <>
      <PageHeader
        title={<span className="font-mono">{coupon.code}</span>}
        back={{ href: '/admin/coupons', label: t('title') }}
        action={<CouponBadge state={coupon.state} />}
      />
      <div className="grid gap-5">
        {DONE.parse(query.done) && (
          <Notice kind="success" title={t('created')}>
            {t('createdText')}
          </Notice>
        )}
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Card title={t('facts')}>
            <Facts>
              <Fact term={t('off')}>
                <CouponTerms coupon={coupon} />
              </Fact>
              <Fact term={t('startsAt')}>
                <DateTime at={coupon.startsAt} />
              </Fact>
              <Fact term={t('endsAt')}>{coupon.endsAt ? <DateTime at={coupon.endsAt} /> : t('noEnd')}</Fact>
              <Fact term={t('uses')}>
                {coupon.usedCount}
                {coupon.totalLimit !== null && ` / ${coupon.totalLimit}`}
              </Fact>
              <Fact term={t('perBuyerLimit')}>{coupon.perBuyerLimit ?? t('noLimit')}</Fact>
              <Fact term={t('cost')}>
                <Money minor={coupon.discountMinor} currency={coupon.currency} />
              </Fact>
            </Facts>
          </Card>
          <Card title={t('switch')}>
            <CouponSwitch coupon={coupon} />
          </Card>
        </div>
        <section aria-labelledby="uses">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <h2 id="uses" className="text-lg">
              {t('usesTitle')}
            </h2>
            <ExportLink list="coupon-uses" query={{ coupon: id }} />
          </div>
          <ListView
            page={uses}
            path={`/admin/coupons/${id}`}
            query={{}}
            caption={t('usesTitle')}
            icon={<TicketPercent />}
            none={{ title: t('noUses'), text: t('noUsesText') }}
            columns={[
              { title: t('takenAt'), lead: true, cell: ({ takenAt }) => <DateTime at={takenAt} /> },
              { title: t('buyer'), cell: ({ email }) => <span className="break-all">{email}</span> },
              { title: c('order'), cell: ({ orders }) => <OrderLinks orders={orders} /> },
              {
                title: t('discount'),
                numeric: true,
                cell: ({ discountMinor, currency }) => <Money minor={discountMinor} currency={currency} />,
              },
              {
                title: t('returnedAt'),
                cell: ({ returnedAt }) => (returnedAt ? <DateTime at={returnedAt} /> : '–'),
              },
            ]}
          />
        </section>
        <ActionLog actions={actions} />
      </div>
    </>
  )
}
