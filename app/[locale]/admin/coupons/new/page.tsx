import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { requireOperator } from '@/lib/web/session'
import { CouponForm } from '../../_components/coupon-forms'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.coupons'))('create') }
}

export default async function NewCouponPage() {
  await requireOperator()
  const t = await getTranslations('admin.coupons')
  return (
    <>
      <PageHeader title={t('create')} back={{ href: '/admin/coupons', label: t('title') }}>
        {t('createText')}
      </PageHeader>
      <Card>
        <CouponForm />
      </Card>
    </>
  )
}
