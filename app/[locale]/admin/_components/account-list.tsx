import { BookText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DateTime } from '@/components/date-time'
import { Money } from '@/components/money'
import { type AccountRow, balanceOn } from '@/lib/queries/admin'
import type { Page } from '@/lib/queries/page'
import { CopyId } from '../../_console/copy-id'
import { TextLink } from '../../_console/text-link'
import { ListView } from './list-table'

/** Accounts with what went through them and what they hold. */
export function AccountList({
  page,
  path,
  query,
  caption,
}: {
  page: Page<AccountRow>
  path: string
  query: Readonly<Record<string, string | undefined>>
  caption: string
}) {
  const t = useTranslations('admin.ledger')
  const c = useTranslations('console.column')
  const k = useTranslations('console.kind')
  return (
    <ListView
      page={page}
      path={path}
      query={query}
      caption={caption}
      icon={<BookText />}
      none={{ title: t('none'), text: t('noneText') }}
      columns={[
        {
          title: c('owner'),
          lead: true,
          cell: ({ id, owner, ownerKey }) => (
            <TextLink href={`/admin/ledger/accounts/${id}`} className="font-medium break-all text-jade hover:underline">
              {owner ?? ownerKey}
            </TextLink>
          ),
        },
        { title: c('kind'), cell: ({ kind }) => k(kind) },
        { title: c('account'), cell: ({ id }) => <CopyId id={id} what={c('account')} /> },
        {
          title: c('debits'),
          numeric: true,
          cell: ({ debitsMinor, currency }) => <Money minor={debitsMinor} currency={currency} />,
        },
        {
          title: c('credits'),
          numeric: true,
          cell: ({ creditsMinor, currency }) => <Money minor={creditsMinor} currency={currency} />,
        },
        {
          title: c('balance'),
          numeric: true,
          cell: (row) => <Money minor={balanceOn(row.kind, row)} currency={row.currency} className="font-semibold" />,
        },
        { title: c('createdAt'), cell: ({ createdAt }) => <DateTime at={createdAt} /> },
      ]}
    />
  )
}
