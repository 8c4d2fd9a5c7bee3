import { getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { PageHeader } from '@/components/page-header'
import { Tabs } from '@/components/ui/tabs'
import { db } from '@/lib/infra/db'
import { AccountKind } from '@/lib/infra/prisma/enums'
import { listAccounts } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterInput } from '../../../_console/filter-bar'
import { type SearchParams, hrefWith } from '../../../_console/params'
import { AccountList } from '../../_components/account-list'
import { ExportLink } from '../../_components/export-link'
import { readList } from '../../_components/list-query'
import { AccountsQuery, accountFilter } from '../query'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.ledger'))('title') }
}

export default async function AccountsPage({
  params,
  searchParams,
}: {
  params: Promise<{ kind: string }>
  searchParams: SearchParams
}) {
  await requireOperator()
  const kind = z.enum(AccountKind).safeParse((await params).kind).data ?? notFound()
  const { query, page } = await readList(AccountsQuery.omit({ kind: true }), searchParams)
  const list = await listAccounts(db(), accountFilter({ ...query, kind }), page)
  const [t, k] = [await getTranslations('admin.ledger'), await getTranslations('console.kind')]
  const path = `/admin/ledger/${kind}`
  return (
    <>
      <PageHeader
        title={k(kind)}
        back={{ href: '/admin/ledger', label: t('title') }}
        action={<ExportLink list="accounts" query={{ ...query, kind }} />}
      >
        {t(`kind.${kind}`)}
      </PageHeader>
      <div className="mb-4">
        <Tabs
          label={t('which')}
          tabs={[
            { href: hrefWith(path, { q: query.q }), label: t('allAccounts'), current: !query.open },
            {
              href: hrefWith(path, { q: query.q, open: 'yes' }),
              label: t('openAccounts'),
              current: query.open === 'yes',
            },
          ]}
        />
      </div>
      <FilterBar path={path} active={query.q !== undefined}>
        {query.open && <input type="hidden" name="open" value="yes" />}
        <FilterInput label={t('search')} name="q" value={query.q} placeholder={t('searchHint')} />
      </FilterBar>
      <AccountList page={list} path={path} query={query} caption={k(kind)} />
    </>
  )
}
