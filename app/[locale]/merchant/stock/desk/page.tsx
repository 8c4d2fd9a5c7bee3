import { Boxes } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { ClientMessages } from '@/components/client-messages'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listBatchChoices, listDeskCdks, listVariantChoices } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { type SearchParams, hrefWith } from '../../../_console/params'
import { ActPanel } from './_components/act-panel'
import { DeskFilterBar } from './_components/desk-filters'
import { DeskForm } from './_components/desk-form'
import { DeskTable } from './_components/desk-table'
import { ExportRefused } from './_components/export-refused'
import { SearchForm } from './_components/search-form'
import { SelectAll } from './_components/select-all'
import { DESK, DeskQuery, cursorText, filterOf } from './desk-query'

export async function generateMetadata() {
  return { title: (await getTranslations('desk'))('title') }
}

/** Every CDK of the merchant, found by its code or by filters, and what can be done with it. */
export default async function StockDeskPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const query = await searchParams
  const { after, ...filters } = DeskQuery.parse(query)
  const now = new Date()
  const { rows, next, looking } = await listDeskCdks(db(), merchantId, filterOf(filters), after ?? null, now)
  const variants = await listVariantChoices(db(), merchantId)
  const batches = await listBatchChoices(db(), merchantId, filters.batch)
  const t = await getTranslations('desk')
  const further = next && hrefWith(DESK, { ...filters, after: cursorText(next) })
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: '/merchant/stock', label: t('back') }}
        action={
          <ButtonLink href={`${DESK}/exports`} variant="secondary">
            {t('exports.title')}
          </ButtonLink>
        }
      >
        {t('intro')}
      </PageHeader>
      <div className="grid gap-5">
        <ExportRefused code={query.refused} />
        <Card title={t('search.title')}>
          <ClientMessages namespaces={['desk']}>
            <SearchForm />
          </ClientMessages>
        </Card>
        <div>
          <DeskFilterBar filters={filters} variants={variants} batches={batches} />
          <ClientMessages namespaces={['desk']}>
            <DeskForm>
              <Card flush>
                {rows.length === 0 ? (
                  <EmptyState icon={<Boxes />} title={t(looking ? 'lookFurther' : 'none')}>
                    {t(looking ? 'lookFurtherText' : 'noneText')}
                  </EmptyState>
                ) : (
                  <>
                    <DeskTable rows={rows} now={now} />
                    <div className="px-4 py-2 sm:px-5">
                      <SelectAll label={t('selectAll')} />
                    </div>
                  </>
                )}
                {rows.length > 0 && (
                  <ActPanel
                    filters={filters}
                    targets={variants.filter((variant) => rows.some((row) => row.titleZh === variant.titleZh))}
                  />
                )}
              </Card>
            </DeskForm>
          </ClientMessages>
          <nav aria-label={t('pages')} className="mt-3 flex flex-wrap gap-3">
            {after && (
              <ButtonLink href={hrefWith(DESK, filters)} variant="secondary" size="sm">
                {t('first')}
              </ButtonLink>
            )}
            {further && (
              <ButtonLink href={further} variant="secondary" size="sm" rel="next" prefetch={false}>
                {t(looking ? 'lookOn' : 'next')}
              </ButtonLink>
            )}
          </nav>
        </div>
      </div>
    </>
  )
}
