import { TicketPercent } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { listMerchantCoupons } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { ListFoot } from '../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../../_console/params'
import { CouponTable } from './_components/coupon-table'

const PATH = '/merchant/coupons'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.coupons'))('title') }
}

export default async function CouponsPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const { page, done } = await searchParams
  const coupons = await listMerchantCoupons(db(), merchantId, pageParam.parse(page), new Date())
  const t = await getTranslations('merchant.coupons')
  return (
    <>
      <PageHeader title={t('title')} action={<ButtonLink href="/merchant/coupons/new">{t('new')}</ButtonLink>}>
        {t('intro')}
      </PageHeader>
      <div className="grid gap-5">
        {done === 'created' && (
          <Notice kind="success" live title={t('created.title')}>
            {t('created.text')}
          </Notice>
        )}
        <div className="min-w-0">
          <Card flush>
            {coupons.rows.length === 0 ? (
              <EmptyState icon={<TicketPercent />} title={t('none')}>
                {t('noneText')}
              </EmptyState>
            ) : (
              <CouponTable coupons={coupons.rows} />
            )}
          </Card>
          <ListFoot page={coupons} hrefOf={(to) => hrefWith(PATH, { page: to })} />
        </div>
      </div>
    </>
  )
}
