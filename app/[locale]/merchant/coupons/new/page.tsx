import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { requireMerchantUser } from '@/lib/web/session'
import { CouponFields } from '../_components/coupon-fields'

export async function generateMetadata() {
  return { title: (await getTranslations('merchant.coupons'))('new') }
}

export default async function NewCouponPage() {
  await requireMerchantUser()
  const t = await getTranslations('merchant.coupons')
  return (
    <>
      <PageHeader title={t('new')} back={{ href: '/merchant/coupons', label: t('title') }}>
        {t('newText')}
      </PageHeader>
      <CouponFields />
    </>
  )
}
