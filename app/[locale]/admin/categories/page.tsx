import { Tags } from 'lucide-react'
import { getLocale, getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { Table, Tbody, Td, Th, Thead, Tr } from '@/components/ui/table'
import { rulesOf } from '@/lib/domain/catalog'
import { db } from '@/lib/infra/db'
import { listAdminCategories } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { localText } from '../../_console/local'
import { TextLink } from '../../_console/text-link'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.categories'))('title') }
}

export default async function CategoriesPage() {
  await requireOperator()
  const categories = await listAdminCategories(db())
  const [t, c, a, locale] = [
    await getTranslations('admin.categories'),
    await getTranslations('console.column'),
    await getTranslations('console.attribute'),
    await getLocale(),
  ]
  const create = <ButtonLink href="/admin/categories/new">{t('create')}</ButtonLink>
  return (
    <>
      <PageHeader title={t('title')} action={create}>
        {t('intro')}
      </PageHeader>
      <Card flush>
        {categories.length === 0 ? (
          <EmptyState icon={<Tags />} title={t('none')} action={create}>
            {t('noneText')}
          </EmptyState>
        ) : (
          <Table caption={t('title')}>
            <Thead>
              <Th>{c('category')}</Th>
              <Th>{c('attributes')}</Th>
              <Th>{t('address')}</Th>
              <Th numeric>{t('inspection')}</Th>
              <Th numeric>{c('products')}</Th>
              <Th numeric>{c('onSale')}</Th>
            </Thead>
            <Tbody>
              {categories.map((category) => {
                const rules = rulesOf(category.rules)
                return (
                  <Tr key={category.id}>
                    <Td>
                      <span className="block">
                        <TextLink href={`/admin/categories/${category.id}`}>
                          {localText(locale, category.nameZh, category.nameEn)}
                        </TextLink>
                        <span className="block text-sm text-ink-soft">{category.slug}</span>
                      </span>
                    </Td>
                    <Td label={c('attributes')}>
                      {category.attributeTemplate.length === 0
                        ? '–'
                        : category.attributeTemplate
                            .map(({ key, required }) => `${a(key)}${required ? '*' : ''}`)
                            .join(' · ')}
                    </Td>
                    <Td label={t('address')}>{t(category.needsDownloadAddress ? 'needed' : 'optional')}</Td>
                    <Td label={t('inspection')} numeric>
                      {t('hours', { count: rules.inspectionHours })}
                    </Td>
                    <Td label={c('products')} numeric>
                      {category.products}
                    </Td>
                    <Td label={c('onSale')} numeric>
                      {category.published}
                    </Td>
                  </Tr>
                )
              })}
            </Tbody>
          </Table>
        )}
      </Card>
      {categories.length > 0 && <p className="mt-3 text-sm text-ink-soft">{t('star')}</p>}
    </>
  )
}
