import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { listAdminCategories } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { CategoryForm } from '../../_components/category-form'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.categories'))('create') }
}

export default async function NewCategoryPage() {
  await requireOperator()
  const t = await getTranslations('admin.categories')
  const last = (await listAdminCategories(db())).at(-1)
  return (
    <>
      <PageHeader title={t('create')} back={{ href: '/admin/categories', label: t('title') }} />
      <CategoryForm position={(last?.position ?? 0) + 1} />
    </>
  )
}
