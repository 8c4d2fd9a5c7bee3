import { CircleCheck, CircleX } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { PageHeader } from '@/components/page-header'
import { Card } from '@/components/ui/card'
import { db } from '@/lib/infra/db'
import { findLedgerOverview, listAccounts } from '@/lib/queries/admin'
import { requireOperator } from '@/lib/web/session'
import { FilterBar, FilterInput } from '../../_console/filter-bar'
import type { SearchParams } from '../../_console/params'
import { AccountList } from '../_components/account-list'
import { BooksEquation, Equation } from '../_components/books-equation'
import { ExportLink } from '../_components/export-link'
import { KindTable } from '../_components/kind-table'
import { readList } from '../_components/list-query'
import { AccountsQuery, accountFilter } from './query'

const PATH = '/admin/ledger'

export async function generateMetadata() {
  return { title: (await getTranslations('admin.ledger'))('title') }
}

/** Every account kind, and the equations that sound books satisfy; or the accounts of whoever is looked for. */
export default async function LedgerPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator()
  const { query, page } = await readList(AccountsQuery, searchParams)
  const t = await getTranslations('admin.ledger')
  const asked = query.q !== undefined
  return (
    <>
      <PageHeader title={t('title')} action={<ExportLink list="accounts" query={query} />}>
        {t('intro')}
      </PageHeader>
      <FilterBar path={PATH} active={asked}>
        <FilterInput label={t('search')} name="q" value={query.q} placeholder={t('searchHint')} />
      </FilterBar>
      {asked ? (
        <AccountList
          page={await listAccounts(db(), accountFilter(query), page)}
          path={PATH}
          query={query}
          caption={t('found')}
        />
      ) : (
        <Overview />
      )}
    </>
  )
}

async function Overview() {
  const { books, astray } = await findLedgerOverview(db())
  const t = await getTranslations('admin.ledger')
  const Sign = astray === 0 ? CircleCheck : CircleX
  return (
    <div className="grid gap-5">
      <Card title={t('equations')}>
        <div className="grid gap-3">
          {books.map(({ currency, debitsMinor, creditsMinor, assetsMinor, owedMinor }) => (
            <div key={currency} className="grid gap-3">
              <BooksEquation debitsMinor={debitsMinor} creditsMinor={creditsMinor} currency={currency} />
              <Equation
                left={t('clearing')}
                right={t('owed')}
                leftMinor={assetsMinor}
                rightMinor={owedMinor}
                currency={currency}
              />
            </div>
          ))}
          <p className={`flex items-center gap-2 ${astray === 0 ? 'text-jade' : 'text-danger'}`}>
            <Sign aria-hidden className="size-5 shrink-0" />
            {t('astray', { count: astray })}
          </p>
        </div>
      </Card>
      {books.map((each) => (
        <Card key={each.currency} title={t('kindsIn', { currency: each.currency })} flush>
          <KindTable books={each} />
        </Card>
      ))}
    </div>
  )
}
