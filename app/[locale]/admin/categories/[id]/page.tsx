import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { PageHeader } from '@/components/page-header'
import { Notice } from '@/components/ui/notice'
import { db } from '@/lib/infra/db'
import { findAdminCategory } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { localText } from '../../../_console/local'
import { type SearchParams, choiceParam, requireId } from '../../../_console/params'
import { CategoryForm } from '../../_components/category-form'

const DONE = choiceParam({ created: 'created', saved: 'saved' })

export async function generateMetadata() {
  return { title: (await getTranslations('admin.categories'))('title') }
}

export default async function CategoryPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const category = (await findAdminCategory(db(), requireId((await params).id))) ?? notFound()
  const done = DONE.parse((await searchParams).done)
  const [t, locale] = [await getTranslations('admin.categories'), await getLocale()]
  return (
    <>
      <PageHeader
        title={localText(locale, category.nameZh, category.nameEn)}
        back={{ href: '/admin/categories', label: t('title') }}
      >
        {t('inUse', { count: category.products, published: category.published })}
      </PageHeader>
      <div className="grid gap-5">
        {done && (
          <Notice kind="success" title={t(`done.${done}`)}>
            {t('doneText')}
          </Notice>
        )}
        <CategoryForm category={category} />
      </div>
    </>
  )
}
