import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { ClientMessages } from '@/components/client-messages'
import { PageHeader } from '@/components/page-header'
import { db } from '@/lib/infra/db'
import { findImport, listRejectedLines } from '@/lib/queries/merchant'
import { requireMerchantUser } from '@/lib/web/session'
import { offerName } from '../../../../_console/local'
import { type SearchParams, pageParam, requireId } from '../../../../_console/params'
import { TextLink } from '../../../../_console/text-link'
import { ImportBadge } from '../_components/import-badge'
import { ImportEnded } from '../_components/import-ended'
import { ImportRunning } from '../_components/import-running'
import { ImportSettings } from '../_components/import-settings'
import { ImportWaiting } from '../_components/import-waiting'
import { RejectedLines } from '../_components/rejected-lines'
import { columnNames } from '../column-names'

export async function generateMetadata() {
  return { title: (await getTranslations('imports'))('title') }
}

export default async function ImportPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: SearchParams
}) {
  const { merchantId } = await requireMerchantUser()
  const importId = requireId((await params).id)
  const page = pageParam.parse((await searchParams).page)
  const found = (await findImport(db(), merchantId, importId, new Date())) ?? notFound()
  const rejected = await listRejectedLines(db(), merchantId, importId, page)
  const [t, locale] = [await getTranslations('imports'), await getLocale()]
  const { state } = found
  const running = state === 'QUEUED' || state === 'CHECKING' || state === 'RUNNING' ? state : null
  const waiting = state === 'UPLOADED' || state === 'CHECKED'
  return (
    <>
      <PageHeader
        title={<span className="wrap-anywhere">{found.fileName ?? t('pasted')}</span>}
        back={{ href: '/merchant/stock/imports', label: t('list') }}
        action={<ImportBadge state={state} />}
      >
        <TextLink href={`/merchant/stock/${found.variantId}`}>{offerName(locale, found)}</TextLink>
      </PageHeader>
      <div className="grid gap-5">
        <ClientMessages namespaces={['imports', 'upload']}>
          {running && <ImportRunning found={found} state={running} />}
          {state !== 'UPLOADED' && !running && <ImportEnded found={found} />}
          {!running && rejected.rows.length > 0 && (
            <RejectedLines
              importId={importId}
              lines={rejected}
              columns={columnNames(found.choices)}
              kept={found.kept}
              known={(found.counts['known-on-mall'] ?? 0) > 0}
            />
          )}
          {waiting && <ImportWaiting merchantId={merchantId} found={found} />}
        </ClientMessages>
        {!waiting && <ImportSettings found={found} />}
      </div>
    </>
  )
}
