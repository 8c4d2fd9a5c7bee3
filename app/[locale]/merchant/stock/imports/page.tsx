import { Upload } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { PageHeader } from '@/components/page-header'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listImports } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { ListFoot } from '../../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../../../_console/params'
import { ImportTable } from './_components/import-table'

const Query = z.object({ page: pageParam })
const PATH = '/merchant/stock/imports'

export async function generateMetadata() {
  return { title: (await getTranslations('imports'))('list') }
}

export default async function ImportsPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const { page } = Query.parse(await searchParams)
  const imports = await listImports(db(), merchantId, page)
  const [t, s] = [await getTranslations('imports'), await getTranslations('merchant.stock')]
  return (
    <>
      <PageHeader title={t('list')} back={{ href: '/merchant/stock', label: s('title') }}>
        {t('intro')}
      </PageHeader>
      <Card flush>
        {imports.rows.length === 0 ? (
          <EmptyState
            icon={<Upload />}
            title={t('none')}
            action={<ButtonLink href="/merchant/stock">{s('title')}</ButtonLink>}
          >
            {t('noneText')}
          </EmptyState>
        ) : (
          <ImportTable rows={imports.rows} />
        )}
      </Card>
      <ListFoot page={imports} hrefOf={(to) => hrefWith(PATH, { page: to })} />
    </>
  )
}
