import { FileDown } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { DateTime } from '@/components/date-time'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { db } from '@/lib/infra/db'
import { listStockExports } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { CopyId } from '../../../../_console/copy-id'
import { ListFoot } from '../../../../_console/list-foot'
import { type SearchParams, hrefWith, pageParam } from '../../../../_console/params'
import { ExportPassword } from '../_components/act-panel'
import { ExportRefused } from '../_components/export-refused'
import { DESK } from '../desk-query'

const PATH = `${DESK}/exports`

export async function generateMetadata() {
  return { title: (await getTranslations('desk'))('exports.title') }
}

/** What left the vault, when, by whom; each can be read again with the password. */
export default async function StockExportsPage({ searchParams }: { searchParams: SearchParams }) {
  const { merchantId } = await requireMerchantUser()
  const query = await searchParams
  const list = await listStockExports(db(), merchantId, pageParam.parse(query.page))
  const t = await getTranslations('desk')
  return (
    <>
      <PageHeader title={t('exports.title')} back={{ href: DESK, label: t('title') }}>
        {t('exports.intro')}
      </PageHeader>
      <div className="grid gap-4">
        <ExportRefused code={query.refused} />
        {list.rows.length === 0 && (
          <Card>
            <EmptyState icon={<FileDown />} title={t('exports.none')}>
              {t('exports.noneText')}
            </EmptyState>
          </Card>
        )}
        {list.rows.map((row) => (
          <Card key={row.id} title={<DateTime at={row.createdAt} style="second" />}>
            <p>
              {t('exports.facts', { taken: row.taken, count: row.count, by: row.by ?? '–' })}{' '}
              <CopyId id={row.id} what={t('exports.id')} />
            </p>
            {row.taken > 0 && (
              <details className="mt-2">
                <summary className="min-h-9 cursor-pointer font-medium text-jade">{t('exports.again')}</summary>
                <form className="mt-2 grid max-w-xl gap-3">
                  <input type="hidden" name="exportId" value={row.id} />
                  <ExportPassword />
                </form>
              </details>
            )}
          </Card>
        ))}
        <ListFoot page={list} hrefOf={(page) => hrefWith(PATH, { page })} />
      </div>
    </>
  )
}
